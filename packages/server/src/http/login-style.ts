/** How the form looks in which a browser gives its token; everyone may have it, as the form itself. */
export const loginStyle = `:root {
  color-scheme: light dark;
  --page: #f4f5f8;
  --card: #fff;
  --line: #dcdfe7;
  --text: #1b1f2a;
  --quiet: #5a6173;
  --accent: #2458c5;
  --on-accent: #fff;
  --bad: #b3261e;
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #11141b;
    --card: #1a1e28;
    --line: #303747;
    --text: #e6e9f0;
    --quiet: #a0a8ba;
    --accent: #86aefc;
    --on-accent: #11141b;
    --bad: #ff8f85;
  }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 12vh 16px 16px; background: var(--page); color: var(--text); }
main { max-width: 26rem; margin: 0 auto; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
h1 { margin: 0 0 16px; font-size: 1.25rem; }
label { display: block; color: var(--quiet); }
input, button { width: 100%; margin: 4px 0 12px; padding: 10px 12px; border: 1px solid var(--line); border-radius: 6px; font: inherit; }
input { background: var(--page); color: var(--text); }
button { border-color: transparent; background: var(--accent); color: var(--on-accent); cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role='alert'] { color: var(--bad); }
p { margin: 0; color: var(--quiet); font-size: 0.875rem; }
p[role='alert'] { margin-bottom: 12px; }
`;
