import { moderationTexts } from './moderation-texts';
import { operatorTexts } from './operator-texts';

/**
 * Every line the server says to a person, as plain mode shows it, without its line end.
 *
 * Those of the server that this one replaces are kept to the letter, for what is scripted against
 * them: the prompt, the greeting, the unknown command, `Online users`, and the lines of rooms.
 */
export const texts = {
  ...moderationTexts,
  loginPrompt: 'Login:',
  invalidUsername: 'Invalid username.',
  nameInUse: (name: string) => `The name ${name} is in use, choose another one.`,
  tooManyLogins: 'Too many tries. Connect again with a name that is free.',
  loginTimedOut: 'No name was given in time. Connect again when you are ready.',
  nameRegistered: (name: string) =>
    `The name ${name} is registered. Give its password, or an empty line to choose another name.`,
  /** Before a password is asked for; `tlsPort` where there is one. */
  notEncrypted: (tlsPort: number | undefined) =>
    tlsPort === undefined
      ? 'This connection is not encrypted: on its way through the network, a password can be read. An empty line changes nothing.'
      : `This connection is not encrypted: on its way through the network, a password can be read. Encrypted is port ${tlsPort}, with openssl s_client -quiet -connect host:${tlsPort} for one. Go on, or give an empty line, which changes nothing.`,
  passwordPrompt: 'Password: ',
  currentPasswordPrompt: 'Current password: ',
  newPasswordPrompt: 'New password: ',
  passwordAgainPrompt: 'The same again: ',
  wrongPassword: 'Wrong name or password.',
  tooManyPasswords: 'Wrong name or password, too many times. Bye.',
  tooManyTries: 'Too many wrong passwords were given. Try again in a minute.',
  hashingBusy: 'The server has too many passwords to check just now. Try again in a moment.',
  accountFull: (name: string, connectionsMax: number) =>
    `${name} is connected ${connectionsMax} times, which is as often as one may be. /quit one of these connections first, or choose another name.`,
  welcome: (name: string) => `Welcome, ${name}.`,
  helpHint: 'Type /help to see available commands.',
  bye: 'Bye.',
  idleTimedOut: '[*]: You were idle for too long. Bye.',

  registered: (name: string) =>
    `The name ${name} is yours now: whoever logs in with it is asked for your password.`,
  registeredAlready: (name: string) => `The name ${name} is registered already.`,
  tooManyAccounts: (accountsMax: number) =>
    `There are ${accountsMax} registered names, which is as many as there may be.`,
  registrationClosed: 'This server registers no names.',
  registrationRequired:
    'On this server only registered users can do that. /register makes your name yours.',
  notRegistered: (name: string) => `The name ${name} is not registered, /register makes it yours.`,
  unregistered: (name: string) =>
    `The name ${name} is nobody's now. Your rooms are yours while you are here, and nobody gets them with the name.`,
  notRegisteredNow: (name: string) =>
    `The name ${name} was given up meanwhile, and is nobody's now. Choose a name again.`,
  givenUpElsewhere: (name: string) =>
    `[*]: You gave up the name ${name} on another connection, which keeps it as a guest. Log in again, please.`,
  passwordChanged: 'Your password is changed.',
  passwordChangedMeanwhile: 'Your password was changed meanwhile, nothing was done.',
  passwordsDiffer: 'These were not the same, nothing was changed.',
  nothingChanged: 'Nothing was changed.',
  loggedInAlready: (name: string) => `You are logged in as ${name}.`,
  passwordTooShort: (charactersMin: number) =>
    `A password has at least ${charactersMin} characters, a few words are a good one. Nothing was changed.`,
  passwordTooLong: (charactersMax: number) =>
    `A password has at most ${charactersMax} characters. Nothing was changed.`,
  passwordTooCommon:
    'That password is one of the first that others would try. Nothing was changed.',
  guestsRoom: (room: string, mayRegister: boolean) =>
    [
      `You are a guest: when you go, room ${room} passes to a registered member who is in it, else to who has been in it longest; with nobody in it, it is gone.`,
      ...(mayRegister ? ['/register keeps it yours.'] : []),
    ].join(' '),
  roomsNotMoved: (name: string) =>
    `What you own in rooms could not be given to your account just now, and is yours only while you are here. /register again to give it to ${name}.`,

  terminalOnly: 'That needs a terminal that tells the server about itself, as telnet does.',
  themeSet: (theme: string) => {
    if (theme === 'none') return 'No colours from now on.';
    return `Colours for ${theme === 'any' ? 'any' : `a ${theme}`} background from now on.`;
  },
  timestampsOn: (zone: string) => `Lines have the time of ${zone} in front from now on.`,
  timestampsOff: 'Lines have no time in front from now on.',
  noSuchTimeZone: (zone: string) =>
    `There is no time zone ${zone}; one is, for example, Europe/Berlin.`,
  bellSet: (bell: string) =>
    ({
      off: 'Nothing rings from now on.',
      whispers: 'Whispers ring from now on.',
      mentions: 'Whispers ring from now on, and your name.',
    })[bell] ?? '',
  lobbyPrompt: 'lobby> ',
  roomPrompt: (room: string) => `#${room}> `,
  conversationPrompt: (name: string) => `→ ${name}> `,
  conversation: (name: string) => `What you type goes to ${name} now; an empty line ends that.`,
  conversationEnded: (name: string) => `What you type does not go to ${name} any more.`,
  keys: [
    'Tab, Shift-Tab   completes a command, a person, a room',
    'Up, Down         lines that you entered before',
    'Ctrl-R           searches them',
    'Ctrl-A, Ctrl-E   to the start, to the end (Home, End)',
    'Alt-B, Alt-F     a word back, a word on (Ctrl-Left, Ctrl-Right)',
    'Ctrl-W           deletes the word in front, Alt-D the one behind',
    'Ctrl-U, Ctrl-K   deletes all in front, all behind',
    'Ctrl-Y, Ctrl-T   puts back what was deleted, swaps two characters',
    'Ctrl-L, Ctrl-C   clears the screen, clears the line',
    'Ctrl-D           on an empty line: quits',
  ],

  unknownCommand: 'Command not known, type /help to see available commands.',
  didYouMean: (name: string) =>
    `Command not known, did you mean /${name}? Type /help to see available commands.`,
  usage: (usage: string) => `Usage: ${usage}`,
  lineTooLong: (bytesMax: number) =>
    `Your line is longer than ${bytesMax} bytes and was not sent, send it in parts.`,
  pasteRefused: (reason: 'too-long' | 'too-many-lines') =>
    reason === 'too-long'
      ? 'What you pasted is too long and was not sent, paste it in parts.'
      : 'What you pasted has too many lines and was not sent, paste it in parts.',
  stillHere: '[*]: Yes, the server is here.',
  invalidRoomName: 'A room name has 1 to 32 letters, digits, - or _, for example /join Planes.',

  notInRoom: 'You are not in a room, /join <room> enters one and /rooms lists them.',
  roomBusy: 'The room is too busy, your line was not sent. Try again in a moment.',
  storeAway: 'The server cannot keep that just now, nothing was done. Try again in a moment.',
  tookTooLong: 'The server took too long to answer. Try again in a moment.',
  notKeepingUp: (name: string) =>
    `${name} does not keep up with reading, your message was not sent. Try again later.`,

  oneNotKeepingUp: (name: string) =>
    `One of the connections of ${name} does not keep up with reading, and may miss your message.`,

  onlineUsers: (names: readonly string[]) => `Online users: ${names.join(', ')}`,
  noRooms: 'There are no rooms yet, /create <room> makes one.',
  rooms: (names: readonly string[]) => `Rooms: ${names.join(', ')}`,
  roomCreated: (room: string) => `Room ${room} created.`,
  roomExists: (room: string) => `There is a room ${room} already, /join ${room} enters it.`,
  tooManyRooms: (roomsMax: number) =>
    `There are ${roomsMax} rooms, which is as many as there may be. /join one of them.`,
  noSuchRoom: (room: string) =>
    `There is no room ${room}, /rooms lists them and /create ${room} makes it.`,
  roomIsPrivate: (room: string) => `Room ${room} is private, one of its members can /invite you.`,
  roomIsFull: (room: string, membersMax: number) =>
    `Room ${room} is full, it holds ${membersMax}. Try again later, or /rooms for others.`,
  alreadyInRoom: (room: string) => `You are in room ${room} already.`,
  leftRoom: (room: string) => `You left room ${room}.`,
  noLongerInRoom: (room: string) => `You left room ${room}, and are in none now.`,
  joinedElsewhere: (room: string) => `[*]: You are in room ${room}, as on your other connection.`,
  leftElsewhere: (room: string) => `[*]: You left room ${room}, as on your other connection.`,
  notFollowed: (room: string) =>
    `[*]: You went to room ${room} on another connection, and could not be taken along here. /join ${room} tries again.`,
  notOwner: (room: string, owner: string) =>
    owner === ''
      ? `Nobody owns room ${room} now; who enters it next does, and can do that.`
      : `Only its owner ${owner} can do that to room ${room}.`,
  roomDestroyed: (room: string) => `Room ${room} destroyed.`,
  notMember: (room: string) => `You are not a member of room ${room}, /join ${room} first.`,
  invited: (name: string, room: string) => `${name} is invited to room ${room}.`,
  tooManyInvited: (room: string) =>
    `Room ${room} has as many invitations as it may. Its owner can make a public one with /create.`,
  invitation: (from: string, room: string) =>
    `[*]: ${from} invites you to room ${room}, /join ${room} enters it.`,
  roomMembers: (room: string, names: readonly string[]) =>
    `Members of ${room}: ${names.join(', ')}`,
  topic: (room: string, topic: string) => `[*]: The topic of ${room} is: ${topic}`,
  noTopic: (room: string) => `Room ${room} has no topic, /topic <text> sets one.`,
  history: (room: string, count: number) =>
    `The last ${count === 1 ? 'line' : `${count} lines`} of ${room}, times in UTC:`,
  noHistory: (room: string) => `Nothing has been said in ${room} yet.`,
  historyLine: (atMs: number, line: string) =>
    `${new Date(atMs).toISOString().slice(11, 16)} ${line}`,

  notOnline: (name: string) => `No user ${name} is online, /users lists who is.`,
  toYourself: 'That is you.',
  whois: (name: string, onlineMs: number, room?: string, away?: string, isRegistered?: boolean) =>
    [
      `${name} ${isRegistered === undefined ? '' : `is ${isRegistered ? 'registered' : 'a guest'}, `}has been online for ${duration(onlineMs)}`,
      room === undefined ? 'is in no room that you can see' : `is in room ${room}`,
      away === undefined ? 'and is not away' : `and is away: ${away}`,
    ].join(', '),
  connectedTimes: (count: number) => `You are connected ${count} times.`,
  whispered: (from: string, text: string) => `<<${from}>>: ${text}`,
  youWhispered: (to: string, text: string) => `[*]: You whispered to ${to}: ${text}`,
  nobodyToReplyTo: 'Nobody has whispered to you yet, /whisper <user> <text> begins.',
  isAway: (name: string, message: string) => `[*]: ${name} is away: ${message}`,
  youAreAway: (message: string) => `You are away: ${message}. /back ends that.`,
  youAreBack: 'You are back.',
  youWereNotAway: 'You were not away.',
  ignoring: (name: string) => `You see nothing of what ${name} writes now, /unignore ends that.`,
  notIgnoring: (name: string) => `You see what ${name} writes.`,
  ignoredUsers: (names: readonly string[]) =>
    names.length === 0 ? 'You ignore nobody.' : `You ignore: ${names.join(', ')}`,
  tooManyIgnored: (ignoredMax: number) =>
    `You ignore ${ignoredMax} people, which is as many as you may. /unignore one first.`,

  said: (by: string, text: string) => `[${by}]: ${text}`,
  acted: (by: string, text: string) => `* ${by} ${text}`,
  joined: (user: string, room: string) => `[*]: User ${user} joined ${room}.`,
  left: (user: string, room: string) => `[*]: User ${user} left ${room}.`,
  topicSet: (by: string, topic: string) => `[*]: User ${by} set the topic: ${topic}`,
  roomBeingDestroyed: '[*]: This room is being destroyed by its owner.',
  roomInherited: (from: string, to: string) =>
    from === ''
      ? `[*]: This room was nobody's; ${to} owns it now.`
      : `[*]: ${from} has left; ${to} owns this room now.`,
  linesMissed: (count: number) =>
    `[*]: You missed ${count === 1 ? '1 line' : `${count} lines`}, /history has what is kept of them.`,

  linesLost: (room: string) =>
    `[*]: The server's memory of ${room} was cut short: its last lines may be gone from /history, or may not have reached everyone.`,
  storeLost:
    '[*]: The server has lost touch with its store. What you say now is not sent; you are told when it is.',
  storeBack: '[*]: The server is in touch with its store again, you can go on.',
  whisperLost: (name: string) =>
    `[*]: ${name} was cut off, and what you last said to them may not have arrived.`,
  nodeLapsed:
    "[*]: This server was cut off from the others for so long that your name may be another's. Log in again, please.",
  nameLost: (name: string) =>
    `[*]: The name ${name} was given to someone else while the server was cut off. Log in again, please.`,

  lineFailed:
    '[*]: Sorry, something went wrong on our side with that line. You are still connected.',
  roomLineFailed: '[*]: Sorry, something went wrong in this room with your line, which was lost.',
  joinFailed: (room: string) =>
    `[*]: Sorry, something went wrong in room ${room}. /join ${room} again.`,
  tooManyFailures:
    '[*]: Sorry, your connection fails again and again on our side. Connect again, please.',
  serverFull: 'The server is full. Try again later.',
  serverBusy: 'The server is busy. Try again in a moment.',
  tooManyConnects: 'There are too many new connections from your address. Try again in a minute.',
  tooManyLoginsFromAddress: 'There are too many logins from your address. Try again in a minute.',
  sendingTooFast:
    '[*]: You are sending faster than anyone can read; your lines go out one by one. Stop for a moment, or they are refused.',
  linesRefused: (count: number) =>
    `[*]: You sent too fast: ${count === 1 ? '1 line was' : `${count} lines were`} not sent.`,
  closedForFlooding: '[*]: You went on sending too fast. Bye.',
  addressFull: 'There are too many connections from your address. Close one first.',
  serverBeingReplaced: (leftMs: number, room?: string) =>
    `[*]: This server is being replaced in ${shortly(leftMs)}; reconnect and you are back${room === undefined ? '' : ` in #${room}`}.`,
  serverStoppingIn: (leftMs: number) => `[*]: This server is stopping in ${shortly(leftMs)}.`,
  serverStopping: '[*]: The server is stopping. Bye.',
  missedMeanwhile: (room: string, count: number, shown: number) =>
    count > shown
      ? `[*]: In #${room} you missed ${count} lines, the last ${shown} follow and /history has more:`
      : `[*]: In #${room} you missed ${count === 1 ? '1 line' : `${count} lines`}:`,
  faultInjected: (target: string) => `[*]: The ${target} is being made to fail.`,
  faultsDisabled: 'Faults can only be tried on a server started with --fault-injection.',

  ...operatorTexts,
} as const;

/** A time that someone is given; below 1 s there is none to speak of. */
function shortly(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute';
  const parts = [
    [Math.floor(minutes / 1_440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}
