/** What is read of the journal: the server, and cloud-init's last stage, which runs the boot script. */
const units = ['chat-server.service', 'cloud-final.service'] as const;

/** The settings of the CloudWatch agent: the journal of these units, a stream an instance. */
export function agentSettings(logGroup: string): string {
  return JSON.stringify({
    logs: {
      logs_collected: {
        journald: {
          // No retention_in_days: the group has one, and the agent needs no right to set it.
          collect_list: [
            { log_group_name: logGroup, log_stream_name: 'journal/{instance_id}', units },
          ],
        },
      },
    },
  });
}

/**
 * What Systems Manager does on an instance: installs the CloudWatch agent, and starts it with the
 * settings of a parameter. One document of two steps, as two associations have no order.
 */
export function agentDocument(parameter: string): string {
  return JSON.stringify({
    schemaVersion: '2.2',
    description: 'Ships the journal of the chat server to CloudWatch Logs',
    mainSteps: [
      {
        action: 'aws:runDocument',
        name: 'install',
        inputs: {
          documentType: 'SSMDocument',
          documentPath: 'AWS-ConfigureAWSPackage',
          documentParameters: { action: 'Install', name: 'AmazonCloudWatchAgent' },
        },
      },
      {
        action: 'aws:runDocument',
        name: 'configure',
        inputs: {
          documentType: 'SSMDocument',
          documentPath: 'AmazonCloudWatch-ManageAgent',
          documentParameters: {
            action: 'configure',
            mode: 'ec2',
            optionalConfigurationSource: 'ssm',
            optionalConfigurationLocation: parameter,
            optionalRestart: 'yes',
          },
        },
      },
    ],
  });
}
