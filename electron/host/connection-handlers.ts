import type { ConnectionsView } from '../../shared/ipc/contract/connections.ts';
import type { Connections, ListedConnection, Permit } from '../services/connections.ts';
import type { HandlerMap } from './desk-context.ts';

/** The connections as the screens ask for them, on the main side. What goes out names secrets and never holds one. */
export function connectionHandlers(service: Connections, permit: Permit) {
  return {
    'connections.list': async () => viewOf(service, await service.list(permit)),
    'connections.save': async (order) => ({ id: await service.save(permit, order) }),
    'connections.askSecrets': async ({ id, language }) => ({ done: await service.askSecrets(permit, id, language) }),
    'connections.importCertificate': async ({ id, language }) => ({
      done: await service.importCertificate(permit, id, language),
    }),
    'connections.importAuthority': async ({ id }) => ({ done: await service.importAuthority(permit, id) }),
    'connections.remove': async ({ id }) => {
      await service.remove(permit, id);
      return {};
    },
    'connections.test': async ({ id }) => {
      const { code, details, availablePaise } = await service.test(permit, id);
      return { code, details: { ...details }, availablePaise };
    },
  } satisfies HandlerMap;
}

function viewOf(service: Connections, listed: Awaited<ReturnType<Connections['list']>>): ConnectionsView {
  const { state, keySince, isRotating, keysToDelete } = listed.vault;
  return {
    connectors: service.connectors.map((one) => ({
      id: one.id,
      name: one.name,
      hasSandbox: one.baseUrls.sandbox !== null,
      settings: one.settings.map((field) => ({ ...field })),
      secrets: one.secrets.map((field) => ({ ...field })),
      needsCertificate: one.mutualTls,
      canTest: service.canTest(one.id),
      evidence: one.evidence,
    })),
    connections: listed.connections.map((one) => ({
      ...connectionView(one),
      figures: service.figures(one.id).map((figure) => ({ ...figure })),
    })),
    vault: { state, keySince, isRotating, keysToDelete },
  };
}

function connectionView(one: ListedConnection): Omit<ConnectionsView['connections'][number], 'figures'> {
  const { id, collegeId, connectorId, accountCode, accountNumber, environment, baseUrl, state, needsAuthority } = one;
  return {
    ...{ id, collegeId, connectorId, accountCode, accountNumber, environment, baseUrl, state, needsAuthority },
    connectorName: one.facts?.name ?? connectorId,
    isKnown: one.facts !== undefined,
    settings: { ...one.settings },
    missing: [...one.missing],
    secretsSet: [...one.secretsSet],
    lost: [...one.lost],
    certificate: one.certificate && { generation: one.certificate.generation, facts: { ...one.certificate.facts } },
    authority: (one.authority?.facts ?? []).map((facts) => ({ ...facts })),
    lastTest: one.lastTest && { ...one.lastTest, details: { ...one.lastTest.details } },
  };
}
