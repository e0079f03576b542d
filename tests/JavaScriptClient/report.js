'use strict';

// Says step by step what happened: "ok <title>" a line, or "not ok <title>: <why>" and the end.
const NET_MS = 45_000;
let running = 'nothing';

/** Does one step of the report. */
async function step(title, action) {
  running = title;
  try {
    await action();
  } catch (reason) {
    fail(describe(reason));
  }
  console.log(`ok ${title}`);
}

/** The error of something that has to be refused. */
async function refused(promise) {
  let answer;
  try {
    answer = await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error(`it was not refused, but answered ${JSON.stringify(answer)}`);
}

/** The first message of a subscription that is what one waits for; call it before causing the message, await it after. */
const first = (subscribe, matches = () => true) =>
  new Promise(resolve => subscribe(message => matches(message) && resolve(message)));

function describe(reason) {
  return reason instanceof Error ? reason.stack : JSON.stringify(reason.body ?? reason);
}

function fail(why) {
  console.log(`not ok ${running}: ${why.replace(/\s*\n\s*/g, ' | ')}`);
  process.exit(1);
}

setTimeout(() => fail(`no answer within ${NET_MS / 1000} s`), NET_MS).unref();
process.on('unhandledRejection', reason => {
  if (reason !== 'Reconnect disabled') // how the client takes its own close()
    fail(`a rejection that nobody handled: ${describe(reason)}`);
});

module.exports = { step, refused, first };
