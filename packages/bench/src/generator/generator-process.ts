import { Generator } from './generator';
import type { Answer, Call } from './remote-generator';

// The other end of RemoteGenerator: each call is answered once.
const generator = new Generator();

async function obey({ id, name, args }: Call): Promise<Answer> {
  try {
    const method = generator[name] as (...args: unknown[]) => Promise<unknown>;
    return { id, ok: true, result: await method.apply(generator, args) };
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

process.on('message', (call) => {
  void obey(call as Call).then((answer) => process.send?.(answer));
});
// Its parent is gone: nobody wants the result any more.
process.on('disconnect', () => process.exit());
