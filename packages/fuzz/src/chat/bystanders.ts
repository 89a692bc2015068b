import { bytesOf } from '../material/bytes';
import { expectDrawn, expectPlain } from '../material/harmless';
import { holds } from '../target';
import { within } from './episode';
import type { Connect, Link } from './link';

const answerWithinMs = 20_000;
const marker = /^\[honest\]: marker (\d+)$/;
const prompt = 'Login:';

/** What one of them has been sent. */
class Ear {
  #chunks: Uint8Array[] = [];
  #text = '';
  #wake = (): void => undefined;

  constructor(readonly link: Link) {
    link.onData = (bytes) => {
      this.#chunks.push(bytes);
      this.#text += Buffer.from(bytes).toString('latin1');
      this.#wake();
    };
  }

  /** Waits for a text, wherever it stands. */
  async hears(text: string): Promise<void> {
    const heard = async (): Promise<void> => {
      while (!this.#text.includes(text)) {
        const { promise, resolve } = Promise.withResolvers<void>();
        this.#wake = resolve;
        await promise;
      }
    };
    const over = this.link.over.then(() => Promise.reject(new Error('a bystander is closed')));
    await within(answerWithinMs, Promise.race([heard(), over]), `nobody hears ${text}`);
  }

  says(text: string): void {
    this.link.send(Buffer.from(text));
  }

  /** All that came since it was asked last. */
  take(): Uint8Array {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.#text = '';
    return all;
  }
}

/**
 * People who mean well, while others do not: one talks, one reads at a plain client, one at a
 * terminal. What they are sent must be whole, in order, and harmless.
 */
export class Bystanders {
  #markers = 0;
  #isOver = false;

  private constructor(
    private readonly honest: Ear,
    private readonly reader: Ear,
    private readonly watcher: Ear,
  ) {}

  static async gather(connect: Connect): Promise<Bystanders> {
    const [honest, reader, watcher] = [
      new Ear(await connect()),
      new Ear(await connect()),
      new Ear(await connect()),
    ];
    await login(honest, 'honest');
    honest.says('/create Honest\n/join Honest\n');
    await honest.hears('User honest joined Honest.');
    await login(reader, 'reader');
    reader.says('/join Honest\n');
    await reader.hears('User reader joined Honest.');
    await loginAtTerminal(watcher);
    for (const ear of [honest, reader, watcher]) ear.take();
    return new Bystanders(honest, reader, watcher);
  }

  /** Throws if they are not served as they should be. */
  async check(): Promise<void> {
    const next = ++this.#markers;
    this.honest.says(`marker ${next}\n`);
    await this.reader.hears(`[honest]: marker ${next}\r\n`);
    const read = expectPlain(this.reader.take(), 'what a reader is sent');
    const markers = read.split('\r\n').flatMap((line) => marker.exec(line)?.[1] ?? []);
    holds(markers.join() === String(next), 'a marker is missing or there twice', markers, next);
    expectPlain(this.honest.take(), 'what who talks is sent');
    expectDrawn(this.watcher.take(), 'what is drawn at a terminal');
  }

  async leave(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    const links = [this.honest, this.reader, this.watcher].map(({ link }) => link);
    for (const link of links) link.cut();
    await Promise.all(links.map(({ over }) => over));
  }
}

async function login(ear: Ear, name: string): Promise<void> {
  await ear.hears(prompt);
  ear.says(`${name}\n`);
  await ear.hears('/help');
}

/** A client that lets the server edit its lines, 80 by 24. */
async function loginAtTerminal(ear: Ear): Promise<void> {
  await ear.hears(prompt);
  ear.says('watcher\r\n');
  await ear.hears('/help');
  const type = '\xFF\xFA\x18\x00xterm-256color\xFF\xF0';
  ear.link.send(bytesOf('\xFF\xFB\x18\xFF\xFB\x1F\xFF\xFA\x1F\x00\x50\x00\x18\xFF\xF0'));
  ear.link.send(bytesOf(`${type}${type}\xFF\xFC\xC8\xFF\xFD\x01\xFF\xFD\x03`));
  await ear.hears('lobby> ');
  ear.says('/join Honest\r');
  await ear.hears('#Honest> ');
}
