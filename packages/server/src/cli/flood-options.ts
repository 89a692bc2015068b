import type { LimitOption } from './limit-option';

/** The limits of flood control, which `--no-flood-control` turns off. */
export const floodOptions: readonly LimitOption[] = [
  {
    limit: 'connectionsPerAddressMinuteMax',
    flag: 'max-connects-per-minute',
    unit: 'count',
    description: 'new connections a minute from one address',
  },
  {
    limit: 'crowdWelcomesPerSecondMax',
    flag: 'crowd-welcomes-per-second',
    unit: 'count',
    description: 'prompts a second for all together who come in numbers from the same addresses',
  },
  {
    limit: 'loginsPerAddressMinuteMax',
    flag: 'max-logins-per-minute',
    unit: 'count',
    description: 'tries a minute to log in from one address',
  },
  {
    limit: 'lineBurstMax',
    flag: 'line-burst',
    unit: 'count',
    description: 'lines of one user at once; more wait their turn',
  },
  {
    limit: 'linesPerSecondMax',
    flag: 'lines-per-second',
    unit: 'count',
    description: 'lines of one user a second, after that',
  },
  {
    limit: 'linesPerAddressSecondMax',
    flag: 'lines-per-second-and-address',
    unit: 'count',
    description: 'lines of all users at one address a second; ten times as many at once',
  },
  {
    limit: 'inputBurstBytesMax',
    flag: 'byte-burst',
    unit: 'count',
    description: 'bytes from one connection at once; more wait their turn',
  },
  {
    limit: 'inputBytesPerSecondMax',
    flag: 'bytes-per-second',
    unit: 'count',
    description: 'bytes from one connection a second, after that',
  },
  {
    limit: 'inputBytesPerAddressSecondMax',
    flag: 'bytes-per-second-and-address',
    unit: 'count',
    description: 'bytes from all connections of one address a second; ten times as many at once',
  },
  {
    limit: 'workMsPerSecondMax',
    flag: 'work-per-second',
    unit: 'duration',
    description: 'time the server works a second for one connection before it must wait',
  },
  {
    limit: 'workMsPerAddressSecondMax',
    flag: 'work-per-second-and-address',
    unit: 'duration',
    description: 'time it works a second for all connections of one address',
  },
  {
    limit: 'workMsPerSecondForFloodsMax',
    flag: 'work-per-second-for-floods',
    unit: 'duration',
    description: 'time it works a second for all together who need much of it',
  },
  {
    limit: 'floodPatienceMs',
    flag: 'flood-patience',
    unit: 'duration',
    description: 'time lines are delayed before they are refused, and then until it is over',
  },
  {
    limit: 'latenessMaxMs',
    flag: 'max-lateness',
    unit: 'duration',
    description: 'time the server may be late on average before it lets nobody else in',
  },
];
