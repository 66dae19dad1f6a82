// A figure from the server: asked for again where many others wait, and given up where nothing comes.
const MILLISECONDS = 30000, TIMES = 3, LONGEST_PAUSE = 10; // seconds

const pause = seconds => new Promise(done => setTimeout(done, 1000 * seconds));

async function once(address, texts) {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(MILLISECONDS) });
    return [answer, await answer.json()];
  } catch (error) {
    throw new Error(error.name === "TimeoutError" ? texts.late : texts.unreachable, { cause: error });
  }
}

// Returns what the server says of a figure; throws an error whose message is for readers ("" where there is none), and isUnknown where there is no such figure.
export async function ask(address, texts) {
  for (let time = 1; ; time++) {
    const [answer, found] = await once(address, texts);
    if (answer.ok) return found;
    const seconds = Number(answer.headers.get("Retry-After"));
    if (time === TIMES || !seconds) throw Object.assign(new Error(found.error || ""), { isUnknown: answer.status === 404 });
    await pause(Math.min(seconds, LONGEST_PAUSE));
  }
}
