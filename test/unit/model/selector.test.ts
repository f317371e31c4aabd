import assert from 'node:assert/strict';
import { parseSelector } from '../../../server/src/model/selector.ts';

const labels = new Map([
  ['app', 'web'],
  ['node-role.example.com/worker', ''],
]);

function fits(selector: string): boolean | undefined {
  return parseSelector(selector)?.(labels);
}

describe('a selector of labels', () => {
  it('asks for values', () => {
    for (const text of ['app=web', 'app==web', 'app = web', 'app:web', 'app!=api', 'tier!=web'])
      assert.equal(fits(text), true, text);
    for (const text of ['app=api', 'app!=web', 'tier=web']) assert.equal(fits(text), false, text);
  });

  it('asks for one of several values, or for none of them', () => {
    for (const text of ['app in (web, api)', 'app in (web)', 'tier notin (web,api)'])
      assert.equal(fits(text), true, text);
    for (const text of ['app in (api)', 'app notin (web, api)']) assert.equal(fits(text), false, text);
  });

  it('asks whether there is a label', () => {
    for (const text of ['app', '!tier', 'node-role.example.com/worker']) assert.equal(fits(text), true, text);
    for (const text of ['!app', 'tier']) assert.equal(fits(text), false, text);
  });

  it('means all of them by a comma', () => {
    assert.equal(fits('app=web,!tier'), true);
    assert.equal(fits('app in (web,api),tier'), false);
  });

  it('is not guessed where it has another form', () => {
    for (const text of ['', 'app=web,', 'app in web', 'app=a=b', '(app)', 'app>4'])
      assert.equal(fits(text), undefined, text);
  });
});
