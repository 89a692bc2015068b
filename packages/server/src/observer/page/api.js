/** Asks the server; `status` is 0 where it cannot be asked. */
export async function askJson(path, options = {}) {
  try {
    const response = await fetch(path, { headers: { Accept: 'application/json' }, ...options });
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    return { status: response.status, told: isJson ? await response.json() : undefined };
  } catch {
    return { status: 0, told: undefined };
  }
}

/** Has the server restart an actor or disconnect a connection. */
export function act(action, path) {
  return askJson(`api/actions/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Chat-Action': '1' },
    body: JSON.stringify({ path }),
  });
}

/** `?one=1&two=2` of what is not empty. */
export function queryOf(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== '');
  return `?${new URLSearchParams(given)}`;
}
