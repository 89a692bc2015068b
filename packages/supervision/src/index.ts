export {
  type ActorName,
  actorName,
  type ActorRef,
  type Down,
  type MonitorUntil,
  type SendResult,
} from './actor-ref';
export { type Answer, ask, type Reply } from './ask';
export type { Backoff } from './backoff';
export { type ActorContext, type Behaviour, ignore, type Ignore, type Settled } from './behaviour';
export type { StartChildResult, StartRefusal } from './child';
export type {
  ActorKind,
  ActorSpec,
  AnyActorSpec,
  AutoShutdown,
  ChildSpec,
  Intensity,
  RestartType,
  Shutdown,
} from './child-spec';
export { type Clock, systemClock } from './clock';
export type { DynamicFlags } from './dynamic-supervision';
export {
  dynamicChild,
  dynamicChildren,
  dynamicSupervisor,
  type DynamicSupervisorMessage,
  startDynamicChild,
  terminateDynamicChild,
} from './dynamic-supervisor';
export { describeExit, type ExitReason, normal, shutdown, StartError } from './exit-reason';
export type { Priority } from './low-priority';
export type {
  CrashedIn,
  CrashReport,
  MailboxReport,
  Offender,
  ProgressReport,
  Report,
  ReportSink,
  SupervisorReport,
} from './reports';
export type { Strategy } from './strategy';
export {
  countChildren,
  deleteChild,
  restartChild,
  startChild,
  supervisor,
  terminateChild,
  whichChildren,
} from './supervisor';
export type {
  ChildCounts,
  ChildInfo,
  ChildRefusal,
  ChildResult,
  SupervisorFlags,
  SupervisorRequest,
} from './supervisor-message';
export {
  type ActorSystem,
  injectFault,
  kill,
  restartActor,
  startSystem,
  type SystemOptions,
} from './system';
export type {
  ActorInfo,
  ActorStatus,
  ChildrenSummary,
  Crash,
  RoleTotals,
  SurveyNode,
  TreeNode,
} from './tree';
export { worker } from './worker';
