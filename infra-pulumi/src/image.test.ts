import { checkImage, imageParameter } from './image';

test('Debian is looked up for the architecture, an id is not looked up', () => {
  expect(imageParameter('debian-13', 'arm64')).toBe('/aws/service/debian/release/13/latest/arm64');
  expect(imageParameter('debian-13', 'x86_64')).toBe('/aws/service/debian/release/13/latest/amd64');
  expect(imageParameter('ami-0123456789', 'arm64')).toBeUndefined();
});

test('an image for another processor is refused', () => {
  const image = { id: 'ami-0123456789', architecture: 'x86_64' };
  checkImage(image, 't3.micro', 'x86_64');
  expect(() => checkImage(image, 't4g.micro', 'arm64')).toThrow(
    'image: ami-0123456789 is for x86_64, t4g.micro is arm64; choose another image or instanceType',
  );
});
