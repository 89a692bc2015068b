/** Different spellings of zones, for instance in case, of which there are more than zones. */
const zonesMax = 1_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  minute: number;
  text: string;
}

const zones = new Map<string, Zone>();

/** Whether `timeIn` knows a time zone of this name (IANA) or offset. */
export function isTimeZone(timeZone: string): boolean {
  try {
    zoneOf(timeZone);
    return true;
  } catch {
    return false;
  }
}

/** The time in a zone, as `HH:MM`. Throws a RangeError for a zone that there is not. */
export function timeIn(timeZone: string, atMs: number): string {
  const zone = zoneOf(timeZone);
  const minute = Math.floor(atMs / 60_000);
  if (minute !== zone.minute) {
    zone.minute = minute;
    zone.text = zone.format.format(atMs);
  }
  return zone.text;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const zone = { format, minute: Number.NaN, text: '' };
  if (zones.size >= zonesMax) zones.clear();
  zones.set(timeZone, zone);
  return zone;
}
