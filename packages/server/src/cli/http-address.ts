const everyAddress = new Set(['0.0.0.0', '::']);

interface HttpPort {
  readonly port: number;
  readonly host?: string | undefined;
}

/** Where a server of this machine is asked over HTTP. */
export function httpAddress({ port, host }: HttpPort): string {
  if (host === undefined || everyAddress.has(host)) return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
