// The library that draws, which may still be on its way: it is far larger than all else.
export const library = () =>
  window.Plotly
    ? Promise.resolve()
    : new Promise((resolve, reject) => {
        const script = document.getElementById("plotly");
        script.addEventListener("load", () => resolve());
        script.addEventListener("error", () => reject(new Error()));
      });
