import type { HttpAnswer } from './route';

/** The form that a browser gives its token in; it holds nothing that anyone typed. */
export function loginPage(status: 200 | 401 | 403, message = ''): HttpAnswer {
  const note = message === '' ? '' : `\n<p role="alert">${message}</p>`;
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chat server: log in</title>
<link rel="stylesheet" href="/login.css">
<main>
<h1>Chat server</h1>${note}
<form method="post" action="/login">
<label>Token <input type="password" name="token" autocomplete="current-password" required autofocus></label>
<button>Log in</button>
</form>
<p>It is what the server was started with, as <code>--http-token</code> or <code>--http-token-file</code>.</p>
</main>
</html>
`,
  };
}
