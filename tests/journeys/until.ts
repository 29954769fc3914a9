/** Reads again until it is as it should be, or for so many seconds: what one process does another hears of later. */
export async function until<Read>(
  read: () => Promise<Read>,
  isReady: (read: Read) => boolean,
  seconds = 20,
): Promise<Read> {
  for (const end = Date.now() + seconds * 1000; ; await new Promise((done) => setTimeout(done, 50))) {
    const answer = await read();
    if (isReady(answer) || Date.now() > end) return answer;
  }
}
