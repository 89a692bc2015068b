import type { Pace, TrafficPlan } from '../generator/traffic-plan';

/** Each writer has up to `linesMax` lines on their way. */
export const closedLoop = (linesMax: number): Pace => ({ kind: 'closed-loop', linesMax });

/** All writers together write so many lines a second. */
export const fixedRate = (linesPerSecond: number): Pace => ({ kind: 'fixed-rate', linesPerSecond });

/** All are in one room. */
export function oneRoom(membersPerRoom: number, writersPerRoom: number, pace: Pace): TrafficPlan {
  return { rooms: 1, membersPerRoom, writersPerRoom, via: 'room', pace };
}
