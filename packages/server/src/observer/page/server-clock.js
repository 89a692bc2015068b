/** The time of the server as far as it is known here: the clocks of two machines differ. */
let behindMs = 0;

/** Takes note of what the server's clock says now. */
export function noteServerTime(atMs) {
  behindMs = Date.now() - atMs;
}

export function serverNowMs() {
  return Date.now() - behindMs;
}
