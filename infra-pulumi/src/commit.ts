import { RunError } from '@pulumi/pulumi/errors';

/** What `git ls-remote <repository> <patterns>` prints. */
export type LsRemote = (repository: string, patterns: readonly string[]) => string;

const commitPattern = /^[0-9a-f]{40}$/;

/**
 * The commit that a ref means now. Instances are given this, never the ref: one that starts next
 * week builds what was deployed.
 * @throws with one line that names the key and the fix.
 */
export function commitOf(repository: string, ref: string, lsRemote: LsRemote): string {
  if (commitPattern.test(ref)) return ref;
  const found = new Map<string, string>();
  for (const line of lsRemote(repository, [ref, `${ref}^{}`]).split('\n')) {
    const [commit, name] = line.split('\t');
    if (commit !== undefined && name !== undefined && commitPattern.test(commit)) {
      found.set(name, commit);
    }
  }
  // An annotated tag is an object of its own; `^{}` is the commit that it is about.
  const tag = found.get(`refs/tags/${ref}^{}`) ?? found.get(`refs/tags/${ref}`);
  const branch = found.get(`refs/heads/${ref}`);
  if (tag !== undefined && branch !== undefined && tag !== branch) {
    throw new RunError(
      `ref: "${ref}" is a branch and a tag; write refs/heads/${ref} or refs/tags/${ref}`,
    );
  }
  const commit = tag ?? branch ?? found.get(`${ref}^{}`) ?? found.get(ref);
  if (commit === undefined) {
    throw new RunError(
      `ref: "${ref}" is no branch or tag of the repository; push it, or give all 40 digits of a commit`,
    );
  }
  return commit;
}
