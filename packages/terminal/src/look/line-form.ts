/** What a line of the chat is, told by how it begins, and where its parts are. */
export interface LineForm {
  readonly kind: 'said' | 'acted' | 'whispered' | 'notice' | 'plain';
  /** Who says or does it; '' when it is the server. */
  readonly name: string;
  /** Whether it begins with a time, as lines of the history do. */
  readonly hasTime: boolean;
  /** Where what is coloured begins and ends: the name with its brackets, or all of a notice. */
  readonly colouredFrom: number;
  readonly colouredTo: number;
  /** Where the text begins, under which the rows after the first are indented. */
  readonly textFrom: number;
}

// Whatever people write comes after what is matched here, so none of it can pass for a name.
const form =
  /^(\d\d:\d\d )?(?:(\[([\w-]{1,32})\]): ?|(<<([\w-]{1,32})>>): ?|(\[\*\]): ?|\* ([\w-]{1,32})(?: |$))/;

const plain: LineForm = {
  kind: 'plain',
  name: '',
  hasTime: false,
  colouredFrom: 0,
  colouredTo: 0,
  textFrom: 0,
};

/** The form of a line, by its beginning only. */
export function lineFormOf(line: string): LineForm {
  const match = form.exec(line);
  if (match === null) return plain;
  const [whole, time = '', said, sayer, whisper, whisperer, notice, actor] = match;
  const [from, textFrom, hasTime] = [time.length, whole.length, time !== ''];
  const tagged = (kind: LineForm['kind'], name: string, length: number): LineForm => {
    return { kind, name, hasTime, colouredFrom: from, colouredTo: from + length, textFrom };
  };
  if (said !== undefined && sayer !== undefined) return tagged('said', sayer, said.length);
  if (whisper !== undefined && whisperer !== undefined) {
    return tagged('whispered', whisperer, whisper.length);
  }
  if (notice !== undefined) return tagged('notice', '', line.length - from);
  if (actor === undefined) return plain;
  // What someone does is one sentence with their name, so the text begins with it.
  const nameFrom = from + 2;
  return {
    kind: 'acted',
    name: actor,
    hasTime,
    colouredFrom: nameFrom,
    colouredTo: nameFrom + actor.length,
    textFrom: nameFrom,
  };
}
