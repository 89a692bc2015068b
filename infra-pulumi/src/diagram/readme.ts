import { recordedPlan } from '../testing/recorded-plan';
import { mermaidOf } from './mermaid';

const begin = '<!-- diagram: made by `npm run diagram --workspace infra-pulumi` -->';
const end = '<!-- end of the diagram -->';

/**
 * The README with the diagram of what the program makes now, with all that can be chosen to be there.
 * @throws when the README has no place for it.
 */
export async function withDiagram(readme: string): Promise<string> {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`the README has no place for the diagram: ${begin} and ${end}`);
  }
  const { plan } = await recordedPlan({
    alarmEmail: 'ops@chat.example',
    certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/ab-12',
  });
  return `${before}${begin}\n\n\`\`\`mermaid\n${mermaidOf(plan)}\n\`\`\`\n\n${end}${after}`;
}
