const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const dayAndClock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** 12,345; below ten with one digit after the point. */
export function numberText(value) {
  return (Math.abs(value) < 10 ? oneDigit : whole).format(value);
}

/** 12.3K: for where there is little room. */
export function shortNumberText(value) {
  return Math.abs(value) < 1_000 ? numberText(value) : short.format(value);
}

export function megabytesText(bytes) {
  return `${whole.format(bytes / 1_048_576)} MB`;
}

export function millisecondsText(ms) {
  return `${numberText(ms)} ms`;
}

/** 3 d 4 h, 5 min: no more of it than one wants to know. */
export function durationText(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const units = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  const said = units.slice(first, first < 2 ? first + 2 : first + 1).filter(([count]) => count > 0);
  return said.map(([count, unit]) => `${count} ${unit}`).join(' ');
}

export function timeText(atMs) {
  return clock.format(atMs);
}

export function dayAndTimeText(atMs) {
  return dayAndClock.format(atMs);
}

/** 1 room, 2 rooms. */
export function countText(count, one, many = `${one}s`) {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}
