'use strict';

// What Eclipse Ditto's JavaScript client, as npm has it, does with the harness: node steps.js <url> <id of the device's thing>
const assert = require('node:assert/strict');
const {
  And, AccessRight, DefaultFieldsOptions, DefaultMatchOptions, DefaultMessagesOptions, DefaultSearchOptions, Entry, Eq, Exists, Feature, Features,
  Gt, Policy, Resource, Subject, SubjectId, Thing,
} = require('@eclipse-ditto/ditto-javascript-client-node');
const clients = require('./clients');
const { step, refused, first } = require('./report');

const LAMP = 'org.acme:lamp';
const FAN = 'org.acme:fan';
const POLICY = 'org.acme:house';
const DEVICE = process.argv[3];

const http = clients.http();
const things = http.getThingsHandle();
const lamp = http.getFeaturesHandle(LAMP);
const search = http.getSearchHandle();
const policies = http.getPoliciesHandle();
const messages = http.getMessagesHandle();
const twin = clients.twin();
const twins = twin.getThingsHandle();
const fan = twin.getFeaturesHandle(FAN);
const events = twin.getEventsHandle();
const live = clients.live();

const lampThing = Thing.fromObject({
  thingId: LAMP,
  definition: 'org.acme:Lamp:1.0.0',
  attributes: { room: 'kitchen', watts: 7, maker: { name: 'Acme', since: 1999 } },
  features: { light: { definition: ['org.acme:Light:1.0.0'], properties: { on: false, level: 3 } } },
});
const fanThing = Thing.fromObject({ thingId: FAN, attributes: { room: 'attic', watts: 40 }, features: { motor: { properties: { rpm: 0 } } } });

async function main() {
  await step('puts a thing over HTTP', async () => {
    const created = await things.putThing(lampThing);
    assert.equal(created.status, 201);
    assert.equal(created.body.thingId, LAMP);
    assert.match(created.headers.get('location'), new RegExp(`/api/2/things/${LAMP}$`));
    assert.ok((await things.putThing(lampThing)).wasUpdated());
  });

  await step('posts a thing without id over HTTP', async () => {
    const thing = await things.postThing({ attributes: { room: 'none' } });
    assert.match(thing.thingId, /^org\.eclipse\.ditto:.+/);
    assert.equal((await things.deleteThing(thing.thingId)).status, 204);
  });

  await step('creates a thing over the WebSocket', async () => {
    const created = await twins.createThing(fanThing);
    assert.equal(created.status, 201);
    assert.deepEqual(created.body.attributes, fanThing.attributes);
    const error = await refused(twins.createThing(fanThing));
    assert.deepEqual([error.status, error.error], [409, 'things:thing.conflict']);
    assert.equal((await twins.putThing(fanThing)).status, 204);
  });

  await step('reads over HTTP', async () => {
    const whole = await things.getThing(LAMP);
    assert.deepEqual([whole.definition, whole.policyId], ['org.acme:Lamp:1.0.0', LAMP]);
    assert.deepEqual(whole.features.light.properties, { on: false, level: 3 });
    const part = await things.getThing(LAMP, DefaultFieldsOptions.getInstance().withFields('thingId', '_revision', 'attributes(room,maker/name)'));
    assert.deepEqual(part.toObject(), { thingId: LAMP, _revision: 2, attributes: { room: 'kitchen', maker: { name: 'Acme' } } });
    assert.deepEqual((await things.getThings([FAN, LAMP])).map(t => t.thingId), [FAN, LAMP]);
    assert.equal(await things.getAttribute(LAMP, 'maker/since'), 1999);
    assert.equal(await things.getPolicyId(LAMP), LAMP);
    assert.deepEqual(await lamp.getDefinition('light'), ['org.acme:Light:1.0.0']);
    assert.equal(await lamp.getProperty('light', 'level'), 3);
    const error = await refused(things.getThing('org.acme:nothing'));
    assert.deepEqual([error.status, error.body.error], [404, 'things:thing.notfound']);
    assert.equal((await refused(clients.http('stranger').getThingsHandle().getThing(LAMP))).status, 401);
  });

  await step('reads over the WebSocket', async () => {
    assert.deepEqual((await twins.getThing(LAMP)).features.light.properties, { on: false, level: 3 });
    assert.deepEqual(await twins.getAttributes(FAN), { room: 'attic', watts: 40 });
    assert.equal(await fan.getProperty('motor', 'rpm'), 0);
    const error = await refused(twins.getAttribute(FAN, 'nothing'));
    assert.deepEqual([error.status, error.error], [404, 'things:attribute.notfound']);
  });

  await step('merges over HTTP', async () => {
    const patch = Thing.fromObject({ thingId: LAMP, attributes: { watts: 9, maker: { since: null } }, features: { light: { properties: { level: 5 } } } });
    assert.equal((await things.patchThing(patch)).status, 204);
    assert.deepEqual(await things.getAttributes(LAMP), { room: 'kitchen', watts: 9, maker: { name: 'Acme' } });
    assert.equal((await lamp.patchProperties('light', { level: null, colour: 'red' })).status, 204);
    assert.deepEqual(await lamp.getProperties('light'), { on: false, colour: 'red' });
  });

  await step('merges over the WebSocket', async () => {
    assert.equal((await twins.patchThing(Thing.fromObject({ thingId: FAN, attributes: { watts: null, quiet: true } }))).status, 204);
    assert.equal((await fan.patchProperty('motor', 'rpm', 900)).status, 204);
    const thing = await twins.getThing(FAN);
    assert.deepEqual([thing.attributes, thing.features.motor.properties], [{ room: 'attic', quiet: true }, { rpm: 900 }]);
  });

  await step('puts and deletes parts over HTTP', async () => {
    assert.equal((await things.putAttribute(LAMP, 'owner/name', 'Ada')).status, 201);
    assert.equal((await things.putAttribute(LAMP, 'owner/name', 'Eve')).status, 204);
    await things.deleteAttribute(LAMP, 'owner');
    assert.equal((await refused(things.getAttribute(LAMP, 'owner'))).body.error, 'things:attribute.notfound');
    assert.equal((await lamp.putFeature(new Feature('timer', undefined, { minutes: 5 }))).status, 201);
    assert.equal((await lamp.putProperty('timer', 'minutes', 6)).status, 204);
    await lamp.deleteProperty('timer', 'minutes');
    assert.deepEqual(await lamp.getProperties('timer'), {});
    await lamp.deleteFeature('timer');
    assert.deepEqual(Object.keys(await lamp.getFeatures()), ['light']);
  });

  await step('puts and deletes parts over the WebSocket', async () => {
    assert.equal((await twins.putAttribute(FAN, 'floor', 3)).status, 201);
    await twins.deleteAttribute(FAN, 'floor');
    assert.equal((await fan.putProperties('motor', { rpm: 1200, left: true })).status, 204);
    assert.equal((await fan.putDefinition('motor', ['org.acme:Motor:1.0.0'])).status, 201);
    await fan.deleteProperty('motor', 'left');
    assert.equal((await fan.putFeatures(Features.fromObject({ motor: { properties: { rpm: 1 } }, swing: {} }))).status, 204);
    await fan.deleteFeature('swing');
    assert.deepEqual((await fan.getFeature('motor')).properties, { rpm: 1 });
  });

  await step('heeds entity tags', async () => {
    const etag = (await things.putAttribute(LAMP, 'watts', 10)).headers.get('etag');
    assert.equal((await refused(things.putAttribute(LAMP, 'watts', 11, DefaultMatchOptions.getInstance().ifMatch('"hash:0"')))).status, 412);
    assert.equal((await refused(things.putThing(lampThing, DefaultMatchOptions.getInstance().ifNoneMatchAny()))).status, 412);
    assert.equal((await things.putAttribute(LAMP, 'watts', 12, DefaultMatchOptions.getInstance().ifMatch(etag))).status, 204);
  });

  await step('searches with filter, sort and paging', async () => {
    await Promise.all([1, 2, 3, 4, 5].map(n => things.putThing(Thing.fromObject({ thingId: `org.acme:row-${n}`, attributes: { row: n, odd: n % 2 === 1 } }))));
    const names = found => found.items.map(t => t.name);
    const rows = () => DefaultSearchOptions.getInstance().withFilter(Exists('attributes/row')).withNamespaces('org.acme');
    const odd = And(Eq('attributes/odd', true), Gt('attributes/row', 1));
    assert.deepEqual(names(await search.search(rows().withFilter(odd).withSort('-attributes/row'))), ['row-5', 'row-3']);
    assert.deepEqual(names(await search.postSearch(rows().withFilter(odd).withSort('+attributes/row'))), ['row-3', 'row-5']);
    assert.deepEqual(
      (await search.search(rows().withFilter(Eq('attributes/row', 4)).withFields('attributes/row'))).items.map(t => t.toObject()), [{ attributes: { row: 4 } }]);
    const limited = await search.search(rows().withSort('+thingId').withLimit(1, 2));
    assert.deepEqual([names(limited), limited.nextPageOffset], [['row-2', 'row-3'], 3]);
    const page = await search.search(rows().withSort('+thingId').withPageSize(3));
    const next = await search.search(rows().withSort('+thingId').withPageSize(3).withCursor(page.cursor));
    assert.deepEqual([names(page), names(next), next.cursor], [['row-1', 'row-2', 'row-3'], ['row-4', 'row-5'], '']);
    assert.equal((await refused(search.search(DefaultSearchOptions.getInstance().withRawFilter('eq(attributes/row')))).body.error, 'rql.expression.invalid');
  });

  await step('counts', async () => {
    const lots = DefaultSearchOptions.getInstance().withFilter(Gt('attributes/row', 2));
    assert.deepEqual([await search.count(lots), await search.postCount(lots)], [3, 3]);
  });

  await step('keeps policies', async () => {
    const me = new Subject(SubjectId.fromString('nginx:ditto'), 'me');
    const all = ['thing:/', 'policy:/', 'message:/'].map(id => new Resource(id, [AccessRight.Read, AccessRight.Write], []));
    const owner = new Entry('owner', { [me.id]: me }, Object.fromEntries(all.map(r => [r.id, r])));
    assert.equal((await policies.putPolicy(new Policy(POLICY, { owner }))).status, 201);
    assert.deepEqual((await policies.getPolicy(POLICY)).entries.owner.resources['thing:/'].grant, ['READ', 'WRITE']);
    const guest = new Subject(SubjectId.fromString('nginx:guest'), 'guest');
    assert.equal((await policies.putSubject(POLICY, 'owner', guest)).status, 201);
    assert.deepEqual(Object.keys(await policies.getSubjects(POLICY, 'owner')).sort(), ['nginx:ditto', 'nginx:guest']);
    await policies.deleteSubject(POLICY, 'owner', guest.id);
    assert.equal((await policies.putResource(POLICY, 'owner', new Resource('thing:/features', [AccessRight.Read], [AccessRight.Write]))).status, 201);
    assert.equal((await things.putPolicyId(LAMP, POLICY)).status, 204);
    assert.equal((await refused(lamp.putProperty('light', 'on', true))).status, 403);
    await policies.deleteResource(POLICY, 'owner', 'thing:/features');
    assert.equal((await lamp.putProperty('light', 'on', true)).status, 204);
  });

  await step('sees over the WebSocket what HTTP changes', async () => {
    await events.requestEvents();
    const level = first(seen => events.subscribeToProperty(LAMP, 'light', 'level', seen));
    const deleted = first(seen => events.subscribeToAttributes(LAMP, seen, 'deleted'));
    const merged = first(seen => events.subscribeToAllEvents(seen), e => e.action === 'merged');
    await lamp.putProperty('light', 'level', 8);
    const event = await level;
    assert.deepEqual([event.topic, event.path, event.value], ['org.acme/lamp/things/twin/events/created', '/features/light/properties/level', 8]);
    await things.deleteAttribute(LAMP, 'maker');
    assert.equal((await deleted).path, '/attributes/maker');
    await things.patchAttributes(FAN, { quiet: false });
    assert.deepEqual((await merged).value, { quiet: false });
  });

  await step('hears messages to and from things', async () => {
    const mail = live.getMessagesHandle();
    await mail.requestMessages();
    const once = DefaultMessagesOptions.getInstance().withTimeout(0);
    const to = first(heard => mail.subscribeToThing(LAMP, heard, 'blink', 'inbox'));
    const from = first(heard => mail.subscribeToFeature(LAMP, 'light', heard, 'burnt', 'outbox'));
    assert.equal((await messages.messageToThing(LAMP, 'blink', { times: 3 }, 'application/json', once)).status, 202);
    assert.deepEqual((await to).value, { times: 3 });
    assert.equal((await messages.messageFromFeature(LAMP, 'light', 'burnt', 'out', 'text/plain', once)).status, 202);
    assert.equal((await from).path, '/features/light/outbox/messages/burnt');
    await mail.stopMessages();
  });

  await step('has its messages answered', async () => {
    await clients.device((subject, value) => subject === 'double' ? { status: 200, value: 2 * value } : subject === 'explode' ? { status: 422, value: { no: true } } : undefined);
    const doubled = await messages.messageToThing(LAMP, 'double', 21);
    assert.deepEqual([doubled.status, doubled.body], [200, 42]);
    const no = await refused(messages.messageToFeature(LAMP, 'light', 'explode', {}));
    assert.deepEqual([no.status, no.body], [422, { no: true }]);
    const late = await refused(messages.messageToThing(LAMP, 'sleep', {}, 'application/json', DefaultMessagesOptions.getInstance().withTimeout(1)));
    assert.equal(late.status, 408);
    const overSocket = await live.getMessagesHandle().messageToFeature(LAMP, 'light', 'double', 4, 'application/json');
    assert.deepEqual([overSocket.status, overSocket.body], [200, 8]);
  });

  await step('hears live commands', async () => {
    const commands = clients.live().getCommandsHandle();
    await commands.requestCommands();
    const asked = first(heard => commands.subscribeToThing(LAMP, heard, 'retrieve'));
    live.getThingsHandle().getThing(LAMP).catch(() => {});
    assert.equal((await asked).topic, 'org.acme/lamp/things/live/commands/retrieve');
  });

  await step("invokes an operation of the device and sees its twin's event", async () => {
    const shown = first(seen => events.subscribeToAllEvents(seen), e => e.path.startsWith('/features/Container:'));
    const created = await messages.messageToFeature(
      DEVICE, 'ContainerFactory', 'create', { imageRef: 'docker.io/library/busybox:1.35', start: true }, 'application/json', DefaultMessagesOptions.getInstance().withTimeout(30));
    assert.equal(created.status, 200);
    assert.equal((await shown).path.split('/')[2], `Container:${created.body}`);
    const container = await http.getFeaturesHandle(DEVICE).getFeature(`Container:${created.body}`);
    assert.equal(container.properties.status.imageRef, 'docker.io/library/busybox:1.35');
  });

  await step('deletes things and policies', async () => {
    const gone = first(seen => events.subscribeToThing(LAMP, seen, 'deleted'), e => e.path === '/');
    assert.equal((await things.deleteThing(LAMP)).status, 204);
    await gone;
    await events.stopEvents();
    assert.equal((await twins.deleteThing(FAN)).status, 204);
    assert.equal((await policies.deletePolicy(POLICY)).status, 204);
    assert.equal((await refused(policies.getPolicy(POLICY))).body.error, 'policies:policy.notfound');
    assert.equal((await refused(twins.getThing(FAN))).error, 'things:thing.notfound');
  });

  clients.close();
}

main();
