/*
 * Overdamped Langevin walkers by Euler-Maruyama in plain C: one walker at a time, xoshiro128** (Blackman, Vigna, ACM Trans.
 * Math. Softw. 47, 36, 2021), Box-Muller with both values used, double precision.
 *
 * langevin SYSTEM WALKERS KT DT STRIDE GROUP SEED LOW HIGH BINS; coordinates on standard input, coordinate after coordinate.
 * Then `advance N` answers with seconds, `averages` with the number of records and the sums of x, x^2 and U of each group.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const double pi = 3.14159265358979323846;
static uint32_t words[4];

static inline uint32_t rotated(uint32_t word, int bits) { return word << bits | word >> (32 - bits); }

static inline uint32_t next_word(void) {
  const uint32_t result = rotated(words[1] * 5, 7) * 9;
  const uint32_t shifted = words[1] << 9;
  words[2] ^= words[0];
  words[3] ^= words[1];
  words[1] ^= words[2];
  words[0] ^= words[3];
  words[2] ^= shifted;
  words[3] = rotated(words[3], 11);
  return result;
}

static inline void two_normals(double *first, double *second) {
  const double radius = sqrt(-2 * log((next_word() + 0.5) * 0x1p-32));
  const double angle = 2 * pi * 0x1p-32 * next_word();
  *first = radius * cos(angle);
  *second = radius * sin(angle);
}

struct run {
  int walkers, stride, group, bins;
  double kT, dt, low, high;
  double *x, *y, *sums, *visits;
  long records;
};

static void note(struct run *run, int walker, double x, double energy) {
  double *sums = run->sums + 3 * (walker / run->group);
  sums[0] += x;
  sums[1] += x * x;
  sums[2] += energy;
  const double place = (x - run->low) / (run->high - run->low) * run->bins;
  if (place >= 0 && place < run->bins) run->visits[(int)place]++;
}

struct terms {
  double a, b, c, d;
};

static inline struct terms mueller_brown(double x, double y) {
  const double xa = x - 1, xc = x + 0.5, xd = x + 1, yb = y - 0.5, yc = y - 1.5, yd = y - 1;
  return (struct terms){
      -200 * exp(-xa * xa - 10 * y * y),
      -100 * exp(-x * x - 10 * yb * yb),
      -170 * exp(-6.5 * xc * xc + 11 * xc * yc - 6.5 * yc * yc),
      15 * exp(0.7 * xd * xd + 0.6 * xd * yd + 0.7 * yd * yd),
  };
}

static void advance_mueller_brown(struct run *run, long records) {
  const double noise = sqrt(2 * run->kT * run->dt), dt = run->dt;
  for (int w = 0; w < run->walkers; w++) {
    double x = run->x[w], y = run->y[w];
    for (long record = 0; record < records; record++) {
      for (int n = 0; n < run->stride; n++) {
        double first, second;
        two_normals(&first, &second);
        const struct terms u = mueller_brown(x, y);
        const double xc = x + 0.5, xd = x + 1, yc = y - 1.5, yd = y - 1;
        const double dx = -2 * (x - 1) * u.a - 2 * x * u.b + (11 * yc - 13 * xc) * u.c + (1.4 * xd + 0.6 * yd) * u.d;
        const double dy =
            -20 * y * u.a - 20 * (y - 0.5) * u.b + (11 * xc - 13 * yc) * u.c + (1.4 * yd + 0.6 * xd) * u.d;
        x += noise * first - dt * dx;
        y += noise * second - dt * dy;
      }
      const struct terms u = mueller_brown(x, y);
      note(run, w, x, u.a + u.b + u.c + u.d);
    }
    run->x[w] = x;
    run->y[w] = y;
  }
}

/* Barrier 5, even stride: two steps for each pair of normals. */
static void advance_double_well(struct run *run, long records) {
  const double noise = sqrt(2 * run->kT * run->dt), slope = 20 * run->dt;
  for (int w = 0; w < run->walkers; w++) {
    double x = run->x[w];
    for (long record = 0; record < records; record++) {
      for (int n = 0; n < run->stride; n += 2) {
        double first, second;
        two_normals(&first, &second);
        x += noise * first - slope * x * (x * x - 1);
        x += noise * second - slope * x * (x * x - 1);
      }
      const double height = x * x - 1;
      note(run, w, x, 5 * height * height);
    }
    run->x[w] = x;
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double *numbers(int count, int given) {
  double *values = calloc((size_t)count, sizeof *values);
  for (int i = 0; values && given && i < count; i++)
    if (scanf("%lf", values + i) != 1) exit(1);
  if (!values) exit(1);
  return values;
}

static void answer(struct run *run, int two) {
  char command[16];
  while (scanf("%15s", command) == 1) {
    if (strcmp(command, "averages") == 0) {
      printf("%ld", run->records);
      for (int k = 0; k < 3 * (run->walkers / run->group); k++) printf(" %.17g", run->sums[k]);
      printf("\n");
    } else {
      long steps;
      if (scanf("%ld", &steps) != 1) exit(1);
      const double start = now();
      if (two) advance_mueller_brown(run, steps / run->stride);
      else advance_double_well(run, steps / run->stride);
      run->records += steps / run->stride;
      printf("%.9f\n", now() - start);
    }
    fflush(stdout);
  }
}

int main(int count, char **given) {
  if (count != 11) return 2;
  const int two = strcmp(given[1], "mueller-brown") == 0;
  struct run run = {.walkers = atoi(given[2]), .kT = atof(given[3]), .dt = atof(given[4]), .stride = atoi(given[5]),
                    .group = atoi(given[6]), .low = atof(given[8]), .high = atof(given[9]), .bins = atoi(given[10])};
  for (uint32_t k = 0; k < 4; k++) words[k] = ((uint32_t)atoi(given[7]) + k + 1) * 0x9e3779b1u ^ k << 16;
  run.x = numbers(run.walkers, 1);
  run.y = numbers(run.walkers, two);
  run.sums = numbers(3 * (run.walkers / run.group), 0);
  run.visits = numbers(run.bins, 0);
  answer(&run, two);
  return 0;
}
