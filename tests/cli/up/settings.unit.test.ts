import { describe, expect, it } from 'vitest';
import { projectFolder } from '../../../config/project.js';
import { upSettings } from '../../../cli/up/settings.js';

describe('upSettings', () => {
  it('has a usual place for everything', () => {
    expect(upSettings({}, {})).toEqual({
      ports: { api: 8080, temporal: 7233, temporalUi: 8233, mail: 1025, mailPage: 1080 },
      apiHost: '127.0.0.1',
      dataDir: `${projectFolder}/data`,
      runDir: `${projectFolder}/run`,
    });
  });

  it('takes options before variables, and an empty variable for none', () => {
    const env = { LEADTIME_API_PORT: '9000', LEADTIME_TEMPORAL_UI_PORT: '9001', LEADTIME_MAIL_PORT: ' ' };
    const { ports, dataDir, runDir } = upSettings({ port: '9002', mailPagePort: '9003', data: '/srv/x' }, env);
    expect(ports).toEqual({ api: 9002, temporal: 7233, temporalUi: 9001, mail: 1025, mailPage: 9003 });
    expect({ dataDir, runDir }).toEqual({ dataDir: '/srv/x', runDir: '/srv/x/run' });
  });

  it('uses the Temporal server that TEMPORAL_ADDRESS names', () => {
    expect(upSettings({}, { TEMPORAL_ADDRESS: 'temporal:7233' })).toMatchObject({ temporalAddress: 'temporal:7233' });
  });

  it('names every wrong setting at once, with the option or the variable', () => {
    const settings = () => upSettings({ port: '0', temporalPort: '80a' }, { LEADTIME_MAIL_PORT: '70000' });
    expect(settings).toThrow(/--port .*"0".*--temporal-port .*"80a".*LEADTIME_MAIL_PORT .*"70000"/);
  });

  it('refuses one port for two things', () => {
    expect(() => upSettings({ port: '7233' }, {})).toThrow('--port and --temporal-port are both 7233');
  });

  it('is not for production', () => {
    expect(() => upSettings({}, { NODE_ENV: 'production' })).toThrow(/leadtime worker/);
  });
});
