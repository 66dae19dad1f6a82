// Countries by what a speaker types: the beginning of a name, of a word in it, or a short form.
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Countries {
  constructor(list) {
    this.list = list.map(([code, within, ...names]) => ({ code, within, name: names[0], forms: names.map(plain) }));
    this.byCode = new Map(this.list.map(country => [country.code, country]));
  }

  // ``here`` are the codes that the figure on screen knows; they come first.
  find(typed, here = new Set()) {
    const text = plain(typed.trim());
    if (!text) return null;
    let best = null, bestRank = Infinity;
    for (const country of this.list) {
      const starts = country.forms.some(form => form.startsWith(text));
      const within = country.forms[0].split(/[\s(-]+/).some(word => word.startsWith(text));
      if (!starts && !within) continue;
      const isHere = here.has(country.code) || country.within.some(code => here.has(code));
      const rank = (country.forms.includes(text) ? 0 : 4) + (starts ? 0 : 1) + (isHere ? 0 : 2);
      if (rank < bestRank) [best, bestRank] = [country, rank];
    }
    return best;
  }
}
