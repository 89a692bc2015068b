import { texts } from '@chat-server/protocol';
import type { AccountRefusal } from '../domain/account';
import type { Unproven } from '../domain/accounts';
import { passwordCharactersMax, passwordCharactersMin, refusePassword } from '../domain/password';
import type { Caller } from './command';
import { type Effect, tell } from './effect';

type Answered = (secret: string) => readonly Effect[] | Promise<readonly Effect[]>;

/** Asks for a secret, and goes on with it. */
export function askFor(prompt: string, answered: Answered): readonly Effect[] {
  return [
    {
      do: 'ask',
      prompt,
      answered: (secret) => (secret === '' ? tell(texts.nothingChanged) : answered(secret)),
    },
  ];
}

/** What is said to who is about to give a password that others may read on its way. */
export function warnOfReaders({ isEncrypted, tlsPort }: Caller): readonly Effect[] {
  return isEncrypted ? [] : tell(texts.notEncrypted(tlsPort));
}

/** Asks for a new password twice, since nobody sees what is typed, and goes on with it if it will do. */
export function askForNew(prompt: string, name: string, answered: Answered): readonly Effect[] {
  return askFor(prompt, (first) =>
    withGood(first, name, () =>
      askFor(texts.passwordAgainPrompt, (second) =>
        first === second ? answered(first) : tell(texts.passwordsDiffer),
      ),
    ),
  );
}

/** Goes on with a new password, if it will do. */
export function withGood(
  password: string,
  name: string,
  then: Answered,
): readonly Effect[] | Promise<readonly Effect[]> {
  switch (refusePassword(password, name)) {
    case 'too-short':
      return tell(texts.passwordTooShort(passwordCharactersMin));
    case 'too-long':
      return tell(texts.passwordTooLong(passwordCharactersMax));
    case 'too-common':
    case 'is-name':
      return tell(texts.passwordTooCommon);
    case undefined:
      return then(password);
  }
}

/** What to say to someone whose password proved nothing, or whose account is not changed. */
export function accountLine(why: Unproven | AccountRefusal, name: string): string {
  switch (why) {
    case 'wrong':
      return texts.wrongPassword;
    case 'too-many-tries':
      return texts.tooManyTries;
    case 'busy':
      return texts.hashingBusy;
    case 'store-away':
      return texts.storeAway;
    case 'registered':
      return texts.registeredAlready(name);
    case 'not-registered':
      return texts.notRegistered(name);
    case 'changed':
      return texts.passwordChangedMeanwhile;
  }
}
