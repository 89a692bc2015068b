/** The names that must be known before what they name exists: the user-data tells them. */
export interface Names {
  readonly asg: string;
  readonly launchHook: string;
  readonly logGroup: string;
  /** The parameter with the settings of the agent that ships the journal. */
  readonly agentParameter: string;
}

/** Names of a stack; everything else is named by Pulumi, so two stacks never meet. */
export function namesOf(stack: string): Names {
  const base = `chat-${stack.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-')}`.slice(0, 100);
  return {
    asg: base,
    launchHook: `${base}-ready`,
    logGroup: `/chat/${base}`,
    agentParameter: `/chat/${base}/cloudwatch-agent`,
  };
}

/** The page of the AWS console that shows a log group. */
export function logsUrl(region: string, logGroup: string): string {
  // The console wants the name escaped twice, and `%` written as `$`.
  const name = encodeURIComponent(encodeURIComponent(logGroup)).replaceAll('%', '$');
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${name}`;
}
