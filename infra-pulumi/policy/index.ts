import { PolicyPack } from '@pulumi/policy';
import { policies } from '../src/policies';

const pack = new PolicyPack('chat-server', { enforcementLevel: 'mandatory', policies });

export default pack;
