import { type Rule, propsOf, ruleFor } from './rule';

/** A metadata service that answers without a token hands the instance's role to any SSRF. */
export const imdsV1: Rule = ruleFor(
  'no-imds-v1',
  'The metadata service of instances needs a token, and is not reached through a hop.',
  [
    'aws:ec2/launchTemplate:LaunchTemplate',
    'aws:ec2/launchConfiguration:LaunchConfiguration',
    'aws:ec2/instance:Instance',
    'aws:ec2/spotInstanceRequest:SpotInstanceRequest',
  ],
  (props) => {
    const options = propsOf(props['metadataOptions']);
    const problems = [];
    if (options['httpTokens'] !== 'required') {
      problems.push('metadataOptions.httpTokens is not "required"');
    }
    if (Number(options['httpPutResponseHopLimit'] ?? 1) > 1) {
      problems.push('metadataOptions.httpPutResponseHopLimit is more than 1');
    }
    return problems;
  },
);
