import { within } from '../chat/episode';
import { type ServerHere, serverHere } from '../chat/server-here';
import { connectTo } from '../chat/socket-link';
import { bytesOf } from '../material/bytes';
import { type Asked, requests, token } from '../material/requests';
import { holds, type Target, type Trial } from '../target';

/** In total the server allows three times as long. */
const answerWithinMs = 20_000;
/** What would tell how the server is made. */
const stack = /\n\s+at |node:internal|\/dist\/|\/src\/|\.ts:\d+/;
const statusLine = /^HTTP\/1\.1 (\d{3}) [A-Za-z' -]+\r\n/;
/** All that those are answered who have no token and nothing to ask of the health of the server. */
const withoutToken = new Set([
  100, 200, 303, 400, 401, 403, 404, 405, 408, 413, 414, 417, 431, 503,
]);

/** The operators' side: those who have the token only look. */
export const http: Target<Asked> = {
  name: 'http',
  what: 'requests, whole and broken, to the HTTP side, by operators and by someone without the token',
  batch: 16,
  share: 4_000,
  generate: requests,
  open: () => HttpTrial.open(),
};

class HttpTrial implements Trial<Asked> {
  private constructor(private readonly here: ServerHere) {}

  static async open(): Promise<HttpTrial> {
    return new HttpTrial(await serverHere({ http: { port: 0, host: '127.0.0.1', token } }));
  }

  async feed(inputs: readonly Asked[]): Promise<void> {
    const answers = await Promise.all(inputs.map((input) => this.#ask(input)));
    for (const [index, answer] of answers.entries()) checkAnswer(answer, inputs[index]);
    const health = await this.#ask({
      bytes: 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n',
      pieces: 1,
      isOperator: false,
    });
    holds(health.startsWith('HTTP/1.1 200 '), 'the server is not well', health);
    this.here.log.check();
    holds(!this.here.hasEnded(), 'the server has given up');
  }

  async close(): Promise<void> {
    await this.here.server.stop();
  }

  /** All that is answered until the connection is closed. */
  async #ask({ bytes, pieces }: Asked): Promise<string> {
    const link = await connectTo(this.here.httpPort);
    let answer = '';
    link.onData = (part) => (answer += Buffer.from(part).toString('latin1'));
    const all = bytesOf(bytes);
    const size = Math.max(1, Math.ceil(all.length / pieces));
    for (let at = 0; at < all.length; at += size) link.send(all.subarray(at, at + size));
    link.halfClose();
    await within(answerWithinMs, link.over, 'a request is neither answered nor ended');
    return answer;
  }
}

function checkAnswer(answer: string, input: Asked | undefined): void {
  holds(!answer.includes(token), 'the token is told', input);
  holds(!answer.includes('"outcome"'), 'something is done', answer, input);
  if (answer === '') return;
  const [, status] = statusLine.exec(answer) ?? [];
  holds(status !== undefined, 'that is no answer of HTTP', answer.slice(0, 200), input);
  holds(withoutToken.has(Number(status)), 'that is not for everyone', answer.slice(0, 200), input);
  if (input?.isOperator === true) return;
  holds(!stack.test(answer), 'a stack is told', answer, input);
  holds(
    !answer.includes('chat_actor_') && !answer.includes('"children"'),
    'something is shown',
    input,
  );
}
