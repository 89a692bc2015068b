import { roleKeys } from './fake-metadata';
import { signatureProblem } from './signature';
import type { WebRequest, WebResponse } from './web-server';

/** A call that an instance made, as AWS understood it. */
interface Call {
  readonly service: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface LogEvents {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

/** The three services of AWS that a boot talks with. It records what they were asked. */
export class FakeAws {
  readonly services: readonly string[];
  readonly #calls: Call[] = [];
  readonly #streams = new Set<string>();

  constructor(
    readonly region: string,
    readonly storePassword: string,
  ) {
    this.services = ['autoscaling', 'logs', 'secretsmanager'].map(
      (service) => `${service}.${region}.amazonaws.com`,
    );
  }

  /** What the launch hook of an instance was told, in that order. */
  hookResults(instanceId: string): readonly string[] {
    return this.#calls
      .filter(({ action, parameters }) => {
        return action === 'CompleteLifecycleAction' && parameters['InstanceId'] === instanceId;
      })
      .map(({ parameters }) => String(parameters['LifecycleActionResult']));
  }

  /** The lines of an instance's record. */
  record(instanceId: string): readonly string[] {
    return this.#calls
      .filter(({ action }) => action === 'PutLogEvents')
      .map(({ parameters }) => parameters as unknown as LogEvents)
      .filter(({ logStreamName }) => logStreamName === `boot/${instanceId}`)
      .flatMap(({ logEvents }) => logEvents.map(({ message }) => message));
  }

  answer(request: WebRequest): WebResponse {
    const service = request.host.split('.')[0] ?? '';
    const problem =
      signatureProblem(request, service, roleKeys) ??
      (request.headers['x-amz-security-token'] === roleKeys.token ? undefined : 'no token');
    if (problem !== undefined) return { status: 403, body: `{"message":"${problem}"}` };
    const call = callOf(service, request);
    this.#calls.push(call);
    return this.#result(call);
  }

  #result({ action, parameters }: Call): WebResponse {
    switch (action) {
      case 'CompleteLifecycleAction':
        return { status: 200, body: '<CompleteLifecycleActionResponse/>' };
      case 'GetSecretValue':
        return { status: 200, body: JSON.stringify({ SecretString: this.storePassword }) };
      case 'CreateLogStream': {
        const stream = `${String(parameters['logGroupName'])} ${String(parameters['logStreamName'])}`;
        if (this.#streams.has(stream)) {
          return { status: 400, body: '{"__type":"ResourceAlreadyExistsException"}' };
        }
        this.#streams.add(stream);
        return { status: 200, body: '' };
      }
      case 'PutLogEvents':
        return { status: 200, body: '{"nextSequenceToken":"1"}' };
      default:
        return { status: 400, body: `{"message":"the fake knows no ${action}"}` };
    }
  }
}

function callOf(service: string, { headers, body }: WebRequest): Call {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const parameters = JSON.parse(body.toString()) as Record<string, unknown>;
    return { service, action: target.split('.')[1] ?? '', parameters };
  }
  const parameters = Object.fromEntries(new URLSearchParams(body.toString()));
  return { service, action: parameters['Action'] ?? '', parameters };
}
