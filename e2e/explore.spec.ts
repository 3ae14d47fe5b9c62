import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { page as text } from '../src/text/en/page.ts';
import { expect, test } from './fixtures.ts';

const numbers = (page: Page, label: string) =>
  page
    .locator('.numbers div')
    .filter({ has: page.getByText(label, { exact: true }) })
    .locator('dd')
    .first();

const pause = (page: Page) => page.getByRole('button', { name: 'Pause' }).click();

test.describe('systems of every kind', () => {
  for (const [system, picture] of [
    ['double-well', /Energy landscape of the Double well/],
    ['washboard', /Energy landscape of the Washboard/],
    ['ring', /Energy landscape of the Ring/],
    ['half-moon', /Energy landscape of the Half-moon/],
    ['ornstein-uhlenbeck', /in the plane of x and y/],
    ['phi4-chain', /in the plane of/],
  ] as const)
    test(`${system}: walkers move, nothing is reported`, async ({ page, open }) => {
      await open(`system=${system}&walkers=64`);
      await expect(page.getByRole('img', { name: picture })).toBeVisible();
      const meter = page.getByLabel('Cost').getByText('force').locator('..');
      await expect(meter).not.toContainText(/evaluations\s*0$/);
      await expect(page.getByRole('img', { name: /Free energy F\(|−log p\(/ })).toBeVisible();
      await expect(page.getByRole('alert')).toHaveCount(0);
    });

  test('a chain is shown site by site', async ({ page, open }) => {
    await open('system=phi4-chain&walkers=16');
    await expect(page.getByRole('img', { name: /Values at the \d+ sites/ })).toBeVisible();
  });

  test('without a potential the page says what is missing, and the stations that learn do too', async ({
    page,
    open,
  }) => {
    await open('system=ornstein-uhlenbeck&walkers=16');
    await expect(page.getByText(text.explore.landscape.noPotential)).toBeVisible();
    await page.getByRole('link', { name: 'Learn' }).click();
    await expect(page.getByRole('heading', { name: text.parts.unavailable.title })).toBeVisible();
    await expect(page.getByText(/has no potential\. Its equilibrium density is not known/)).toBeVisible();
    await page.getByRole('button', { name: 'Back to Explore' }).click();
    await expect(page.getByRole('img', { name: /in the plane of/ })).toBeVisible();
  });

  test('Condition takes a slow variable that is no coordinate', async ({ page, open }) => {
    await open('#/condition?system=half-moon&cv=slow');
    await expect(page.getByRole('heading', { name: /Distribution of y₂ given y₁ - y₂²/ })).toBeVisible();
  });
});

test('first passages stand beside the exact time and that of Kramers', async ({ page, open }) => {
  await open('system=double-well&system.barrier=3&walkers=512&time=30');
  await expect(page.getByText(/[\d,]+ of 512 arrived/)).toBeVisible();
  await expect(numbers(page, 'exact')).toHaveText('8.88 τ');
  await expect(numbers(page, 'Kramers')).toHaveText('7.44 τ');
  await expect(page.getByText(/The run has finished/)).toBeVisible();
  const [mean, error] = ((await numbers(page, 'measured').textContent()) ?? '').match(/[\d.]+/g)!.map(Number);
  // A step later than the walker is where it arrives: a few parts in a hundred.
  expect(Math.abs(mean - 8.88)).toBeLessThan(4 * error + 0.5);
  await expect(page.getByText(/transitions between start and target, checked at every step/)).toBeVisible();
});

test('as long as nobody has arrived there is a bound', async ({ page, open }) => {
  await open('system=double-well&system.barrier=12&walkers=16&time=30');
  await expect(page.getByText('0 of 16 arrived')).toBeVisible();
  await expect(numbers(page, 'measured')).toHaveText(/^> [\d.]+ τ$/);
});

test('steps of Monte Carlo have an acceptance and no exact rate', async ({ page, open }) => {
  await open('integrator=metropolis&walkers=64');
  await expect(numbers(page, 'accepted moves')).toHaveText(/^[\d.]+ %$/);
  await expect(page.getByText(/no physical time/)).toBeVisible();
});

test('kT and parameters change without a restart, and averages begin anew', async ({ page, open }) => {
  await open('walkers=64&time=1000');
  const time = page.getByLabel('Cost').locator('dd').first();
  const read = async () => Number((await time.textContent())?.replace(/[^\d.]/g, ''));
  await expect.poll(read).toBeGreaterThan(5);
  await page.getByRole('slider', { name: 'Temperature' }).press('ArrowRight');
  await expect(page.getByText('Temperature changed: averages reset.')).toBeVisible();
  await expect(page.getByText(/measured under different conditions/)).toBeVisible();
  expect(await read()).toBeGreaterThan(5);
  await page.getByRole('button', { name: text.explore.passage.restart, exact: true }).click();
  await expect(page.getByText(/measured under different conditions/)).toHaveCount(0);
});

test('a walker is carried by hand and by the keyboard', async ({ page, open }) => {
  await open('walkers=1&kT=0.15&time=1000');
  await expect(page.getByText(/1 walker, 0 outside the left well/)).toBeVisible();
  await pause(page);
  const box = (await page.locator('.hand').boundingBox())!;
  // Ranges of the axes: x from -2.1 to 2.1, y from -1.5 to 2.5.
  const at = (x: number, y: number) => [
    box.x + ((x + 2.1) / 4.2) * box.width,
    box.y + ((2.5 - y) / 4) * box.height,
  ];
  const [right, bottom] = at(1.05, -0.04);
  await page.mouse.dblclick(right, bottom);
  await expect(page.getByText(/1 walker, 1 outside the left well/)).toBeVisible();
  const [left, ground] = at(-1.05, -0.04);
  await page.mouse.move(right, bottom);
  await page.mouse.down();
  await page.mouse.move(left, ground, { steps: 5 });
  await expect(page.locator('.held')).toBeVisible();
  await page.mouse.up();
  await expect(page.getByText(/1 walker, 0 outside the left well/)).toBeVisible();
  await page.getByRole('button', { name: /Move walker 1/ }).focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByText(/1 walker, 1 outside the left well/)).toBeVisible();
  await expect(page.getByText('Walker 1 moved: averages reset.')).toBeVisible();
});

test.describe('a time step that is too long', () => {
  test('is warned of, and the one that works is a press away', async ({ page, open }) => {
    await open('system=mueller-brown&integrator.dt=0.0012&time=50');
    await expect(
      page.getByText(/is longer than 4\.5e-4, the stability limit in the upper left well/),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Use Δt = 9e-5' }).click();
    await expect(page).toHaveURL(/integrator\.dt=0\.00009/);
    await expect(page.getByText(/the stability limit/)).toHaveCount(0);
  });

  test('breaks the run down, and the button mends it', async ({ page, open }) => {
    await open('system=mueller-brown&integrator.dt=0.005&time=50');
    await expect(page.getByRole('alert')).toContainText('too long');
    await page.getByRole('button', { name: 'Use Δt = 9e-5' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page.getByText(/256 walkers, [\d,]+ outside/)).toBeVisible();
  });
});

test.describe('in relief', () => {
  test('the landscape is a surface with walkers, and flat again', async ({ page, open }) => {
    await open('walkers=32&time=1000');
    await page.getByRole('button', { name: text.explore.landscape.surface }).click();
    const surface = page.locator('.main-figure .gl-container canvas');
    await expect(surface).toBeVisible();
    await pause(page);
    await page.getByRole('button', { name: text.explore.landscape.surface }).click();
    await expect(surface).toHaveCount(0);
    await expect(page.locator('.main-figure .contourlayer')).toHaveCount(1);
  });

  test('without WebGL it stays flat, and the page says why', async ({ page, open }) => {
    await page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: unknown[]) {
        if (String(args[0]).includes('webgl')) return null;
        return Reflect.apply(original, this, args);
      } as typeof original;
    });
    await open('walkers=16');
    await page.getByRole('button', { name: text.explore.landscape.surface }).click();
    await expect(page.getByText(text.explore.landscape.noWebgl)).toBeVisible();
    await expect(page.locator('.main-figure .contourlayer')).toHaveCount(1);
  });
});

test('the gallery shows every system with a picture of its equation', async ({ page, open }) => {
  await open('walkers=16');
  await page.getByRole('button', { name: /^System/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a system' });
  await expect(dialog.getByRole('heading', { name: 'One coordinate' })).toBeVisible();
  expect(await dialog.locator('.card').count()).toBeGreaterThan(15);
  const drawn = () =>
    dialog.locator('canvas').evaluateAll((canvases) =>
      canvases.every((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height).data;
        return pixels.some((value) => value > 0);
      }),
    );
  await expect.poll(drawn).toBe(true);
  await dialog.getByRole('button', { name: /Double well\b.*simplest trap/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(/system=double-well/);
});

test('a parameter is marked in the equation, which shows symbols or numbers', async ({ page, open }) => {
  await open('system=fast-slow-double-well&walkers=16');
  const term = page.locator('.equation .katex-html .term-barrier');
  await expect(term).toHaveText('h');
  await page.getByRole('slider', { name: 'Barrier' }).focus();
  await expect(term).toHaveClass(/pointed/);
  await page.getByRole('button', { name: text.controls.numbers }).click();
  await expect(term).toHaveText('5');
  await page.getByRole('slider', { name: 'Barrier' }).press('ArrowRight');
  await expect(term).not.toHaveText('5');
});

test.describe('a typed energy', () => {
  test('runs while it is typed, and its parameters become sliders', async ({ page, open }) => {
    await open('system=custom&walkers=32');
    const field = page.getByRole('textbox', { name: /Energy/ });
    await field.fill('depth*(x^2 - 1)^2 + 5*y^2; depth = 3 in [1, 6]');
    await expect(page.getByRole('slider', { name: 'depth' })).toBeVisible();
    await expect(page).toHaveURL(/system\.energy=depth/);
    await expect(page.getByText(/32 walkers, [\d,]+ outside/)).toBeVisible();
  });

  for (const [text, message] of [
    ['alert(1)', /alert/],
    ['x^2 + y^2 + zeal', /zeal/],
    ['x^2 + ', /character/],
  ] as const)
    test(`${text}: the cause is named, the last good run stays`, async ({ page, open }) => {
      await open('system=custom&walkers=32');
      await expect(page.getByText(/32 walkers, [\d,]+ outside/)).toBeVisible();
      const field = page.getByRole('textbox', { name: /Energy/ });
      await field.fill(text);
      await expect(page.locator('.field-problem')).toContainText(message);
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(page.getByRole('alert')).toHaveCount(0);
      await expect(page).not.toHaveURL(/system\.energy/);
      await expect(page.getByRole('img', { name: /Energy landscape/ })).toBeVisible();
    });
});

test('start and target are minima or typed coordinates', async ({ page, open }) => {
  await open('walkers=32');
  await page.getByRole('button', { name: /Start/ }).and(page.locator('.choice-button')).click();
  await page.getByRole('option', { name: 'upper' }).click();
  await expect(page.getByText(/outside the upper well/)).toBeVisible();
  await page
    .getByRole('button', { name: /Target/ })
    .and(page.locator('.choice-button'))
    .click();
  await page.getByRole('option', { name: text.controls.customPlace }).click();
  const field = page.getByRole('textbox', { name: text.controls.coordinatesOf('Target') });
  await field.fill('0, banana');
  await expect(page.locator('.field-problem')).toContainText('2 numbers separated by commas');
  await field.fill('1, 0');
  await field.press('Enter');
  await expect(page).toHaveURL(/target=1,%200/);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`gallery and typed energy, ${colorScheme}: no violations`, async ({ page, open }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open('system=custom&walkers=16');
    await page.getByRole('textbox', { name: /Energy/ }).fill('x^2 + ');
    await expect(page.locator('.field-problem')).toBeVisible();
    await expect(page.locator('.js-plotly-plot .main-svg').first()).toBeVisible();
    const whole = await new AxeBuilder({ page }).analyze();
    await page.getByRole('button', { name: /^System/ }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    const dialog = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
    const found = [...whole.violations, ...dialog.violations];
    expect(found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });

test('a phone shows the landscape first, with nothing to the side', async ({ page, open }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const system of ['double-well', 'phi4-chain', 'custom']) {
    await open(`system=${system}&walkers=16`);
    await expect(page.locator('.js-plotly-plot .main-svg').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test('an energy in another notation is read, and a mend is one click away', async ({ page, open }) => {
  await open('system=custom');
  const energy = page.getByRole('textbox', { name: 'Energy' });
  await energy.fill('def U(x, y):\n  return 5*(x**2 - 1)**2 + 2y²');
  await expect(page).toHaveURL(/system\.energy=def/);
  await energy.fill('5,0*(x^2 - 1)^2 + 2*y^2');
  await page.getByRole('button', { name: 'Use 5.0*(x^2 - 1)^2 + 2*y^2' }).click();
  await expect(energy).toHaveValue('5.0*(x^2 - 1)^2 + 2*y^2');
  await expect(page).toHaveURL(/system\.energy=5\.0/);
});
