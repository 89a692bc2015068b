import { ActorDetails } from './actor.js';
import { askJson } from './api.js';
import { Charts } from './charts.js';
import { Confirmation } from './confirmation.js';
import { byId, setText } from './elements.js';
import { durationText } from './formats.js';
import { refreshModeration } from './moderation.js';
import { Numbers } from './numbers.js';
import { PageState } from './page-state.js';
import { Reports } from './reports.js';
import { showRooms } from './rooms.js';
import { Samples } from './samples.js';
import { Search } from './search.js';
import { noteServerTime, serverNowMs } from './server-clock.js';
import { Stream } from './stream.js';
import { Tree } from './tree.js';

const samples = new Samples();
const numbers = new Numbers();
const charts = new Charts();
const tree = new Tree(choose);
const reports = new Reports(choose);
const search = new Search(choose);
const confirmation = new Confirmation(() => void details.refresh());
const details = new ActorDetails({
  restart: (row) => confirmation.restart(row),
  disconnect: (row) => confirmation.disconnect(row),
  reports: (path) => reports.showOf(path),
  closed: goBack,
});
const state = new PageState(() => stream.reconnect());
let chosenFrom;

const stream = new Stream({
  state(now) {
    state.show(now);
    if (now !== 'live') return;
    void showServer();
    void refreshModeration();
  },
  tree(view) {
    noteServerTime(view.atMs);
    tree.reset(view);
    // It is the first that is told, and the reports come anew with it.
    reports.begin();
    void details.refresh();
  },
  changes(changes) {
    noteServerTime(changes.atMs);
    tree.change(changes);
  },
  reports: (told) => reports.take(told),
  charts(view) {
    samples.reset(view);
    showSamples();
  },
  sample(sample) {
    samples.add(sample);
    showSamples();
    void showServer();
    void refreshModeration();
    void search.refresh();
  },
  counts: (counts) => numbers.show(counts),
  rooms: showRooms,
});

setInterval(() => {
  state.tick(stream.heardAtMs);
  if (!state.isLive) return;
  tree.tick();
  details.tick();
  showUptime();
}, 1_000);

function showSamples() {
  charts.show(samples);
  numbers.show(samples.now);
}

async function showServer() {
  const { status, told } = await askJson('api/server');
  if (status !== 200) return;
  setText(byId('version'), told.version);
  setText(byId('node'), told.node);
  const pill = byId('server-state');
  pill.hidden = told.state === 'ready';
  setText(pill, told.state);
  confirmation.you = told.you;
  byId('log-out').hidden = !told.you.endsWith('(logged in)');
}

function showUptime() {
  const root = tree.root;
  if (root !== undefined) setText(byId('uptime'), durationText(serverNowMs() - root.startedAtMs));
}

/** Shows the details of an actor. */
function choose(path, hasFocus) {
  if (hasFocus) chosenFrom = document.activeElement;
  tree.select(path);
  void details.open(path, hasFocus);
}

/** Leads the keyboard back to where the details were asked for. */
function goBack() {
  tree.select('');
  if (chosenFrom?.isConnected) chosenFrom.focus();
  else tree.focus();
  chosenFrom = undefined;
}
