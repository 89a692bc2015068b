import * as fc from 'fast-check';
import type { ActorRef } from './actor-ref';
import type { RestartType } from './child-spec';
import { verdictOn } from './restart-verdict';
import { crashed } from './exit-reason';
import { crash, quiet, Scene } from './scene.suite';
import { affectedBy, type Strategy } from './strategy';
import { deleteChild, restartChild, startChild, terminateChild, whichChildren } from './supervisor';
import type { SupervisorRequest } from './supervisor-message';

interface ModelChild {
  readonly id: string;
  readonly restart: RestartType;
  runs: boolean;
}

type Operation = 'crash' | 'terminate' | 'restart' | 'delete' | 'start';

/** What a supervisor should do, without doing it: answers what the journal should say. */
class Model {
  children: ModelChild[];

  constructor(
    private readonly strategy: Strategy,
    children: readonly ModelChild[],
  ) {
    this.children = children.map((child) => ({ ...child }));
  }

  apply(operation: Operation, id: string): readonly string[] {
    const child = this.children.find((each) => each.id === id);
    if (operation === 'start') return child === undefined ? this.#start(id) : [];
    if (child === undefined) return [];
    switch (operation) {
      case 'crash':
        return child.runs ? this.#crash(child) : [];
      case 'terminate':
        return this.#stop([child]);
      case 'restart':
        return child.runs ? [] : begin([child]);
      case 'delete':
        if (!child.runs) this.#drop(child);
        return [];
    }
  }

  stopAll(): readonly string[] {
    return this.#stop(this.children);
  }

  #start(id: string): readonly string[] {
    const child: ModelChild = { id, restart: 'permanent', runs: false };
    this.children.push(child);
    return begin([child]);
  }

  #crash(child: ModelChild): readonly string[] {
    child.runs = false;
    const ended = `-${child.id}`;
    if (verdictOn(child.restart, crashed('crash')) === 'remove') {
      this.#drop(child);
      return [ended];
    }
    const ids = affectedBy(
      this.strategy,
      child.id,
      this.children.map(({ id }) => id),
    );
    const affected = this.children.filter(({ id }) => ids.includes(id));
    const stopped = this.#stop(affected);
    return [ended, ...stopped, ...begin(this.children.filter(({ id }) => ids.includes(id)))];
  }

  #stop(children: readonly ModelChild[]): readonly string[] {
    const running = children.filter(({ runs }) => runs).toReversed();
    for (const child of running) child.runs = false;
    for (const child of children) if (child.restart === 'temporary') this.#drop(child);
    return running.map(({ id }) => `-${id}`);
  }

  #drop(child: ModelChild): void {
    this.children = this.children.filter((each) => each !== child);
  }
}

function begin(children: readonly ModelChild[]): readonly string[] {
  for (const child of children) child.runs = true;
  return children.map(({ id }) => `+${id}`);
}

async function act(
  scene: Scene,
  root: ActorRef<SupervisorRequest>,
  operation: Operation,
  id: string,
): Promise<void> {
  switch (operation) {
    case 'crash':
      if (scene.early(id).send(crash) === 'sent') await quiet(60);
      return;
    case 'terminate':
      await terminateChild(root, id);
      return;
    case 'restart':
      await restartChild(root, id);
      return;
    case 'delete':
      await deleteChild(root, id);
      return;
    case 'start':
      await startChild(root, scene.probe(id));
  }
}

const restarts = fc.array(fc.constantFrom<RestartType>('permanent', 'transient', 'temporary'), {
  minLength: 1,
  maxLength: 5,
});
const operations = fc.array(
  fc.tuple(
    fc.constantFrom<Operation>('crash', 'crash', 'terminate', 'restart', 'delete', 'start'),
    fc.nat(4),
  ),
  { maxLength: 15 },
);

test.each(['one_for_one', 'one_for_all', 'rest_for_one'] as const)(
  '%s: whatever is done to it, a supervisor runs what a simple model says, in its order',
  async (strategy) => {
    await fc.assert(
      fc.asyncProperty(restarts, operations, async (types, steps) => {
        const scene = new Scene();
        const model = new Model(
          strategy,
          types.map((restart, n) => ({ id: `c${n}`, restart, runs: true })),
        );
        const children = model.children.map(({ id, restart }) => scene.probe(id, { restart }));
        const intensity = { restartsMax: Infinity, periodMs: 1 };
        const root = await scene.supervise({ strategy, intensity, children });
        expect(scene.happened()).toEqual(model.children.map(({ id }) => `+${id}`));
        for (const [operation, n] of steps) {
          const id = `c${n % types.length}`;
          await act(scene, root, operation, id);
          expect([operation, id, scene.happened()]).toEqual([
            operation,
            id,
            model.apply(operation, id),
          ]);
          const which = await whichChildren(root);
          expect(which.map((child) => [child.id, child.ref !== undefined])).toEqual(
            model.children.map((child) => [child.id, child.runs]),
          );
        }
        await scene.system.stop();
        expect(scene.happened()).toEqual(model.stopAll());
        expect(scene.system.tree()).toMatchObject({ status: 'ended', children: [] });
        expect(scene.clock.pending).toBe(0);
      }),
      { numRuns: 60 },
    );
  },
);
