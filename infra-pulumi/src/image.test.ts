import { checkImage, hasSystemsManager, imageParameter, isImage } from './image';

test('Debian is looked up for the architecture, an id is not looked up', () => {
  expect(imageParameter('debian-13', 'arm64')).toBe('/aws/service/debian/release/13/latest/arm64');
  expect(imageParameter('debian-13', 'x86_64')).toBe('/aws/service/debian/release/13/latest/amd64');
  expect(imageParameter('ami-0123456789', 'arm64')).toBeUndefined();
});

test('Ubuntu is looked up too', () => {
  expect(imageParameter('ubuntu-26.04', 'arm64')).toBe(
    '/aws/service/canonical/ubuntu/server/26.04/stable/current/arm64/hvm/ebs-gp3/ami-id',
  );
  expect(imageParameter('ubuntu-26.04', 'x86_64')).toContain('/amd64/');
});

test('an image is one of the names, or an id', () => {
  expect(['ubuntu-26.04', 'debian-13', 'ami-01234567'].filter(isImage)).toHaveLength(3);
  expect(['ubuntu', 'debian-12', 'ami-0123', 'ami-xyzxyzxy', ''].filter(isImage)).toEqual([]);
});

test('of the images only Debian is known to lack the agent of Systems Manager', () => {
  expect(['ubuntu-26.04', 'debian-13', 'ami-01234567'].map(hasSystemsManager)).toEqual([
    true,
    false,
    true,
  ]);
});

test('an image for another processor is refused', () => {
  const image = { id: 'ami-0123456789', architecture: 'x86_64' };
  checkImage(image, 't3.micro', 'x86_64');
  expect(() => checkImage(image, 't4g.micro', 'arm64')).toThrow(
    'image: ami-0123456789 is for x86_64, t4g.micro is arm64; choose another image or instanceType',
  );
});
