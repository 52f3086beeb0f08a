import { expect } from 'chai';
import { loadConfig } from '../../src/config/load.js';

describe('the settings', () => {
  it('have defaults, and are frozen', () => {
    const config = loadConfig({});
    expect(config).to.include({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      EMULATORS: true,
      SQLITE_SYNCHRONOUS: 'FULL',
      LOG_LEVEL: 'info',
      RETENTION_DAYS: 90,
      RESTART_GRACE_SECONDS: 60,
    });
    expect(Object.isFrozen(config)).to.equal(true);
  });

  it('environment variables take precedence over .env, and empty ones count as absent', () => {
    expect(loadConfig({ PORT: '4000', HOST: '' }, 'PORT=5000\nHOST=0.0.0.0\nEMULATORS=false')).to.include({
      PORT: 4000,
      HOST: '0.0.0.0',
      EMULATORS: false,
    });
  });

  it('may be the address of a replica set, which has several hosts with ports', () => {
    for (const url of [
      'mongodb://a:27017,b:27017/parley?replicaSet=rs',
      'mongodb+srv://me:p%40ss@cluster.example/parley',
      'mongodb://[::1]:27017/parley',
    ])
      expect(loadConfig({ MONGODB_URL: url })).to.include({ MONGODB_URL: url });
    for (const url of ['mongodb://', 'mongodb:///parley', 'localhost:27017'])
      expect(loadConfig({ MONGODB_URL: url }), url).to.have.property('mistakes');
  });

  it('may be headers as OpenTelemetry writes them; invalid ones are not repeated', () => {
    expect(loadConfig({ OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%20b%3D, X-Tenant=7' })).to.deep.include({
      OTEL_EXPORTER_OTLP_HEADERS: { 'api-key': 'a b=', 'x-tenant': '7' },
    });
    for (const headers of ['no-value', '=secret', 'a=%0d%0asecret', 'a=b secret', 'a=%zz-secret']) {
      const config = loadConfig({ OTEL_EXPORTER_OTLP_HEADERS: headers });
      expect(config, headers).to.have.property('mistakes');
      expect(JSON.stringify(config)).to.not.include('secret');
    }
  });

  it('may not keep the logs for a shorter time than providers send a message again', () => {
    expect(loadConfig({ RETENTION_DAYS: '7' })).to.deep.equal({ mistakes: ['RETENTION_DAYS: must be at least 8'] });
    expect(loadConfig({ RETENTION_DAYS: '8.5' })).to.deep.equal({ mistakes: ['RETENTION_DAYS: must be a whole number'] });
    expect(loadConfig({ RETENTION_DAYS: '8' })).to.include({ RETENTION_DAYS: 8 });
  });

  it('may be a time zone by its name', () => {
    expect(loadConfig({ TIME_ZONE: 'America/Sao_Paulo' })).to.include({ TIME_ZONE: 'America/Sao_Paulo' });
    expect(loadConfig({})).to.not.have.property('TIME_ZONE');
    for (const TIME_ZONE of ['Mars/Olympus', '+01:00']) expect(loadConfig({ TIME_ZONE }), TIME_ZONE).to.have.property('mistakes');
  });

  it('are refused with all mistakes at once, by name, without their values', () => {
    const config = loadConfig({
      PORT: 'abc',
      LOG_LEVEL: 'loud',
      EMULATORS: 'perhaps',
      MONGODB_URL: 'postgres://x',
      PARLEY_ADMIN_KEY: 'short',
    });
    const mistakes = 'mistakes' in config ? config.mistakes : [];
    expect(mistakes.map((one) => one.split(':')[0]).sort()).to.deep.equal([
      'EMULATORS',
      'LOG_LEVEL',
      'MONGODB_URL',
      'PARLEY_ADMIN_KEY',
      'PORT',
    ]);
    expect(mistakes.join()).to.not.match(/abc|loud|perhaps|postgres|short/);
  });
});
