import type { FromView, ToView } from './model.ts';
import { unpack } from './unpack.ts';
import { type Saved, View } from './view.ts';

interface Host {
  postMessage(message: FromView): void;
  getState(): Saved | undefined;
  setState(state: Saved): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const view = new View(document.body, {
  saved: host.getState() ?? {},
  save: (state) => host.setState(state),
  tell: (message) => host.postMessage(message),
});

addEventListener('message', ({ data }: MessageEvent<ToView>) => {
  if (data.type === 'words') view.speak(data.words);
  else if (data.type === 'timeline')
    view.show(data.timeline && unpack(data.timeline, data.fleet), data.step, data.lacks);
  else if (data.type === 'cursor') view.mark(data.step);
});
host.postMessage({ type: 'ready' });
