import type { ActorRef, Down, MonitorUntil, SendResult } from './actor-ref';
import type { Askable, OpenQuestion } from './ask';
import type { AnyActorSpec } from './child-spec';
import type { Clock } from './clock';
import type { ExitReason } from './exit-reason';
import type { Mail } from './mail';
import { Mailbox } from './mailbox';
import type { Services } from './services';
import type { ActorStatus } from './tree';

interface Watch {
  readonly until: MonitorUntil;
  readonly tell: (down: Down) => void;
}

const noproc: Down['reason'] = { kind: 'noproc' };
const mailboxMaxDefault = 10_000;
let ids = 0;

/**
 * An actor's place in the tree: what a reference designates, and what outlives the restarts of the
 * actor in it. Its path and name, the mailbox, who watches, and the questions that wait.
 */
export abstract class Place<Message> implements ActorRef<Message>, Askable<Message> {
  readonly id = ++ids;
  status: ActorStatus = 'restarting';
  protected readonly mailbox = new Mailbox<Message | Mail>();
  #lastReason: Down['reason'] = noproc;
  #refusing = false;
  #watchers: Set<Watch> | undefined;
  #questions: Set<OpenQuestion> | undefined;

  constructor(
    readonly services: Services,
    protected readonly above: { readonly path: string; readonly childRole?: string },
    readonly childId: string,
    protected readonly spec: AnyActorSpec,
  ) {
    if (spec.name !== undefined) services.names.set(spec.name.name, this);
  }

  protected abstract wake(): void;

  get path(): string {
    const { path } = this.above;
    return path === '' ? this.childId : `${path}/${this.childId}`;
  }

  /** What it is there for: its id, or how the ids of all like it begin. */
  get role(): string {
    return this.above.childRole ?? this.childId;
  }

  /** The paths above, nearest first. */
  get ancestors(): readonly string[] {
    const parts = this.path.split('/');
    return parts.slice(1).map((_, above) => parts.slice(0, parts.length - 1 - above).join('/'));
  }

  get clock(): Clock {
    return this.services.clock;
  }

  get mailboxLength(): number {
    return this.mailbox.length;
  }

  /** How it ended last; undefined when it never has. */
  get lastReason(): ExitReason | undefined {
    return this.#lastReason.kind === 'noproc' ? undefined : this.#lastReason;
  }

  /** Whether nothing runs in it: for now, or for good. */
  get isVacant(): boolean {
    return this.status === 'restarting' || this.status === 'ended';
  }

  send(message: Message): SendResult {
    if (this.status === 'ended') return 'gone';
    const { mailboxMax = mailboxMaxDefault } = this.spec;
    if (this.mailbox.length >= mailboxMax) return this.#refuse(mailboxMax);
    this.enqueue(message);
    return 'sent';
  }

  notify(message: Message): SendResult {
    if (this.status === 'ended') return 'gone';
    this.enqueue(message);
    return 'sent';
  }

  /**
   * Calls `tell` once: when the incarnation that runs, or else the next, ends; or when the reference
   * is gone. At once when it is gone already.
   */
  watch(tell: (down: Down) => void, until: MonitorUntil = 'end'): () => void {
    if (this.status === 'ended') {
      tell({ ref: this, reason: noproc });
      return () => undefined;
    }
    const watchers = (this.#watchers ??= new Set());
    const watch = { tell, until };
    watchers.add(watch);
    return () => watchers.delete(watch);
  }

  owe(question: OpenQuestion): void {
    this.#questions ??= new Set();
    this.#questions.add(question);
  }

  settle(question: OpenQuestion): void {
    this.#questions?.delete(question);
    if (this.#questions?.size === 0) this.#questions = undefined;
  }

  /** For good: what waits is dropped, and the reference is gone. Only of a vacant place. */
  discard(): void {
    if (this.status === 'ended') return;
    this.status = 'ended';
    this.mailbox.clear();
    for (const question of this.#questions ?? []) question.fail('gone');
    const down: Down = { ref: this, reason: this.#lastReason };
    for (const watch of this.#watchers ?? []) watch.tell(down);
    this.#watchers = undefined;
    const name = this.spec.name?.name;
    if (name !== undefined && this.services.names.get(name) === this) {
      this.services.names.delete(name);
    }
  }

  protected enqueue(message: Message | Mail): void {
    this.mailbox.push(message);
    this.wake();
  }

  /** Forgets what was taken out of the mailbox. */
  protected compact(): void {
    this.mailbox.compact();
    if (this.mailbox.length === 0) this.#refusing = false;
  }

  /** Tells who watches that an incarnation ended; questions that still wait go on waiting. */
  protected vacate(reason: ExitReason): void {
    this.#lastReason = reason;
    if (this.#questions !== undefined) this.#failTaken(this.#questions);
    const down: Down = { ref: this, reason };
    for (const watch of this.#watchers ?? []) {
      if (watch.until === 'gone') continue;
      this.#watchers?.delete(watch);
      watch.tell(down);
    }
  }

  #failTaken(questions: ReadonlySet<OpenQuestion>): void {
    const waiting = this.mailbox.waiting();
    for (const question of questions) {
      if (!waiting.has(question.message)) question.fail('gone');
    }
  }

  #refuse(mailboxMax: number): SendResult {
    if (!this.#refusing) {
      this.#refusing = true;
      const { path, role } = this;
      this.services.report({ report: 'mailbox_full', path, role, mailboxMax });
    }
    return 'mailbox-full';
  }
}
