import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { fargateMismatch } from '../../src/spec/sections/container';
import { aligned, contains, isAligned, overlaps, parseCidr, part } from '../../src/spec/values/cidr';
import { describeSizes, fargateCpus, fargateMemories } from '../../src/spec/values/fargate';
import { metrics } from '../../src/spec/values/metrics';
import { regions, zonesOf } from '../../src/spec/values/regions';
import { windowMinutes, windowsOverlap } from '../../src/spec/values/windows';

const range = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 16, max: 28 }))
  .map(([address, length]) => aligned(`${[24, 16, 8, 0].map((bits) => (address >>> bits) & 255).join('.')}/${length}`));

test('reads a range as its first address and its size', () => {
  expect(parseCidr('10.0.1.0/24')).toEqual({ first: 167_772_416, size: 256 });
  expect(parseCidr('255.255.255.255/32')).toEqual({ first: 2 ** 32 - 1, size: 1 });
});

test('aligns an address to its range, above 128.0.0.0 too', () => {
  expect(isAligned('10.0.1.0/16')).toBe(false);
  expect(aligned('10.0.1.7/16')).toBe('10.0.0.0/16');
  expect(aligned('203.0.113.77/27')).toBe('203.0.113.64/27');
});

test('tells ranges that touch from ranges that overlap', () => {
  expect(overlaps('10.0.0.0/24', '10.0.1.0/24')).toBe(false);
  expect(overlaps('10.0.0.0/23', '10.0.1.0/24')).toBe(true);
  expect(overlaps('10.0.1.0/24', '10.0.0.0/23')).toBe(true);
});

test('contains a range only as a whole', () => {
  expect(contains('10.0.0.0/16', '10.0.255.0/24')).toBe(true);
  expect(contains('10.0.0.0/16', '10.1.0.0/24')).toBe(false);
  expect(contains('10.0.0.0/24', '10.0.0.0/16')).toBe(false);
});

test('cuts any range into parts that lie in it and do not overlap', () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 }), (cidr, one, other) => {
      const [a, b] = [part(cidr, 8, one), part(cidr, 8, other)];
      expect(isAligned(a)).toBe(true);
      expect(contains(cidr, a)).toBe(true);
      expect(overlaps(a, b)).toBe(one === other);
    }),
    { seed: 1 },
  );
});

test('says the same about two ranges whichever comes first', () => {
  fc.assert(
    fc.property(range, range, (a, b) => overlaps(a, b) === overlaps(b, a) && (!contains(a, b) || overlaps(a, b))),
    { seed: 1 },
  );
});

test('counts the minutes of a window, across midnight and the end of the week', () => {
  expect(windowMinutes('03:00-04:00')).toBe(60);
  expect(windowMinutes('23:30-00:15')).toBe(45);
  expect(windowMinutes('sun:23:30-mon:00:30')).toBe(60);
  expect(windowMinutes('mon:00:00-tue:00:00')).toBe(24 * 60);
});

test('lets windows touch but not overlap', () => {
  expect(windowsOverlap('03:00-04:00', 'sun:04:00-sun:05:00')).toBe(false);
  expect(windowsOverlap('05:00-06:00', 'sun:04:00-sun:05:00')).toBe(false);
  expect(windowsOverlap('03:00-04:01', 'sun:04:00-sun:05:00')).toBe(true);
  expect(windowsOverlap('04:59-06:00', 'sun:04:00-sun:05:00')).toBe(true);
});

test('finds the overlap across midnight and the end of the week', () => {
  expect(windowsOverlap('23:30-00:30', 'mon:00:00-mon:01:00')).toBe(true);
  expect(windowsOverlap('00:00-01:00', 'sun:23:30-mon:00:30')).toBe(true);
  expect(windowsOverlap('01:00-02:00', 'sun:23:30-mon:00:30')).toBe(false);
});

test('agrees on overlaps with a count of every minute of the week', () => {
  const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  fc.assert(
    fc.property(
      minute,
      fc.integer({ min: 1, max: 600 }),
      minute,
      fc.integer({ min: 1, max: 600 }),
      (from, long, start, lasts) => {
        const day = 24 * 60;
        const weekly =
          start + lasts < day
            ? `wed:${clock(start)}-wed:${clock(start + lasts)}`
            : `wed:${clock(start)}-thu:${clock((start + lasts) % day)}`;
        const daily = `${clock(from)}-${clock((from + long) % day)}`;
        const minutes = Array.from({ length: lasts }, (_, index) => (start + index) % day);
        const shared = minutes.some((at) => (at - from + day) % day < long);
        expect(windowsOverlap(daily, weekly)).toBe(shared);
      },
    ),
    { seed: 1 },
  );
});

test('knows the sizes that Fargate sells', () => {
  expect(fargateCpus).toEqual([256, 512, 1024, 2048, 4096, 8192, 16_384]);
  expect(fargateMemories(256)).toEqual([512, 1024, 2048]);
  expect(fargateMemories(512)).toEqual([1024, 2048, 3072, 4096]);
  expect(describeSizes(fargateMemories(8192))).toBe('16384 to 61440 in steps of 4096');
  expect(fargateMemories(16_384).at(-1)).toBe(122_880);
  expect(fargateMemories(300)).toEqual([]);
});

test('finds no mismatch in what Fargate sells', () => {
  expect(fargateMismatch(1024, 8192)).toBeUndefined();
  expect(fargateMismatch(1024, 9216)?.advice).toMatchInlineSnapshot(
    `"ECS would refuse the task definition; 9216 MiB comes with cpu 2048 or 4096"`,
  );
});

test('knows the zones of every region, two at the least', () => {
  for (const region of regions) expect(zonesOf(region).length).toBeGreaterThanOrEqual(2);
  expect(zonesOf('ap-northeast-1')).toEqual(['ap-northeast-1a', 'ap-northeast-1c', 'ap-northeast-1d']);
  expect(zonesOf('mars-1')).toEqual([]);
});

test('turns the units of the YAML into those of CloudWatch', () => {
  expect(metrics.alb['response_time']?.factor).toBe(0.001);
  expect(metrics.database['free_storage']).toMatchObject({ unit: 'GiB', factor: 1_073_741_824 });
});
