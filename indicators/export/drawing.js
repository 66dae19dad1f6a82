// Draws a figure in Chromium as SVG, PNG or for printing, in the place of Kaleido's own function and with its answers.
// Kaleido's draws PNG through an image of SVG, where a page's fonts do not reach: so the faces in use are written into the SVG.
(function () {
  'use strict';

  const ready = Promise.all(atlasFaces.map((face) => document.fonts.load(`400 16px "${face.family}"`, String.fromCodePoint(face.ranges[0][0] || 65))));

  const covers = (face, text) => {
    for (const letter of text) {
      const code = letter.codePointAt(0);
      if (face.ranges.some(([low, high]) => low <= code && code <= high)) return true;
    }
    return false;
  };

  // Only the faces that a text of the picture needs: those of its families, and the extended one where a letter asks for it.
  const faces = (svg) => {
    const text = new Map();
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    for (const node of parsed.querySelectorAll('text, tspan')) {
      let styled = node;
      while (styled && !(styled.style && styled.style.fontFamily)) styled = styled.parentElement;
      const family = styled ? styled.style.fontFamily.split(',')[0].replace(/["']/g, '').trim() : '';
      text.set(family, (text.get(family) || '') + node.textContent);
    }
    return atlasFaces.filter((face) => covers(face, text.get(face.family) || ''));
  };

  // A hundredth of a pixel is enough: the world's outlines take half the room.
  const rounded = (svg) => svg.replace(/ d="[^"]+"/g, (path) => path.replace(/(\.\d\d)\d+/g, '$1'));

  const rule = (face) =>
    `@font-face{font-family:"${face.family}";font-weight:${face.weights};font-style:normal;src:url(${face.data}) format("woff2");unicode-range:${face.unicodeRange}}`;

  const embedded = (svg) => svg.replace(/(<svg[^>]*>)/, `$1<style type="text/css">${faces(svg).map(rule).join('')}</style>`);

  const loaded = (image, source) =>
    new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error('the picture can not be read'));
      image.src = source;
    }).then(() => image.decode());

  const base64 = async (blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = '';
    for (let start = 0; start < bytes.length; start += 32768) text += String.fromCharCode.apply(null, bytes.subarray(start, start + 32768));
    return btoa(text);
  };

  const png = async (svg, width, height, scale) => {
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    const image = new Image();
    const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
    try {
      await loaded(image, address);
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      return await base64(await canvas.convertToBlob({ type: 'image/png' }));
    } finally {
      URL.revokeObjectURL(address);
    }
  };

  // Chromium writes the outlines of a face of many weights into a PDF letter by letter, which viewers draw less well and
  // editors can't edit: what is printed takes faces of one weight each, of the same design.
  const printed = async () => {
    for (const node of document.body.querySelectorAll('[style*="font-family"]')) {
      node.style.fontFamily = node.style.fontFamily.replace(/\b(Inter|SourceSerif)\b/, (family) => atlasPrintFamilies[family]);
    }
    const families = Object.values(atlasPrintFamilies);
    await Promise.all(families.flatMap((family) => [400, 600].map((weight) => document.fonts.load(`${weight} 16px "${family}"`))));
    await document.fonts.ready;
  };

  const print = async (svg, width, height) => {
    document.getElementById('head-style').textContent =
      `@page { size: ${width}px ${height}px; margin: 0 } html, body { margin: 0; padding: 0 } svg { display: block }`;
    document.body.innerHTML = svg;
    await printed();
  };

  const drawn = async (info) => {
    const { width, height, scale, format } = info;
    await ready;
    const started = performance.now();
    const { data, layout } = info.data;
    const svg = rounded(await Plotly.toImage({ data, layout, config: { topojsonURL: 'none/' } }, { format: 'svg', width, height, imageDataOnly: true }));
    const plotted = performance.now();
    let result = null;
    if (format === 'svg') result = embedded(svg);
    else if (format === 'png') result = await png(embedded(svg), width, height, scale);
    else await print(svg, width, height);
    return { code: 0, message: null, format, result, width, height, scale, times: [plotted - started, performance.now() - plotted] };
  };

  kaleido_scopes.plotly = (info) =>
    drawn(info).catch((error) => ({ code: 525, message: String((error && error.message) || error), format: info.format, result: null }));
})();
