// The speaker's window beside a stage: the channel between the two, and the way to open it.

const CARRIED = ["deck", "title", "slide", "note", "theme"]; // parameters of the stage that the window needs too

// The name of this talk, by which the two windows find each other; a reload keeps it.
function session() {
  try {
    return sessionStorage.stage ??= Math.random().toString(36).slice(2, 10);
  } catch {
    return Math.random().toString(36).slice(2, 10);
  }
}

export class Speaker {
  // state() returns what the window shows of the stage; act(command, value) does what is asked for there.
  constructor(root, state, act) {
    Object.assign(this, { root, state, session: session() });
    this.channel = new BroadcastChannel(`car-t-stage-${this.session}`);
    this.channel.onmessage = ({ data }) => {
      if (data.from !== "notes") return;
      if (data.ask === "state") this.tell();
      if (data.act) act(data.act, data.value);
    };
  }

  tell() {
    this.channel.postMessage({ from: "stage", ...this.state() });
  }

  // Open the window at a slide of the stage's address. Returns null, else its address where the browser has blocked it.
  open(address, slide) {
    const notes = new URL(`${this.root}present/notes`, location.href);
    for (const [name, text] of address.searchParams) if (CARRIED.includes(name)) notes.searchParams.append(name, text);
    notes.searchParams.set("channel", this.session);
    notes.hash = String(slide);
    return window.open(notes, `notes-${this.session}`, "popup,width=1200,height=760") ? null : notes.href;
  }
}
