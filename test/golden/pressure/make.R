# Expected trend over ordered groups, and intervals of superiority, printed as CSV rows by base R.
# Rscript make.R > pressure.csv
#
# Kendall's test of values against the number of their group is the test of Jonckheere and Terpstra: pairs within a group are ties.
# cor.test gives z = S / sqrt(var S), and J - E(J) = S / 2.
set.seed(20261123)
cat("kind,groups,a,b,level,expected1,expected2\n")
text <- function(groups) paste(sapply(groups, paste, collapse = " "), collapse = "|")
for (case in list(
  list(sizes = c(5, 7, 6), shift = 0.8, digits = 3), list(sizes = c(12, 30, 55), shift = 0.2, digits = 0),
  list(sizes = c(40, 40, 40), shift = 0, digits = 0), list(sizes = c(9, 14), shift = 1, digits = 1),
  list(sizes = c(6, 5, 8, 10), shift = -0.5, digits = 0), list(sizes = c(200, 300, 500), shift = 0.1, digits = 0))) {
  groups <- lapply(seq_along(case$sizes), function(i) round(rgamma(case$sizes[i], 2, 0.5) + case$shift * i, case$digits))
  x <- unlist(groups)
  g <- rep(seq_along(groups), case$sizes)
  test <- suppressWarnings(cor.test(x, g, method = "kendall", exact = FALSE, alternative = "greater"))
  cat(sprintf("trend,%s,,,,%.15g,%.15g\n", text(groups), test$statistic, test$p.value))
}
# Newcombe's method 5 from its equation, by uniroot on each side
variance <- function(t, m, n) { N <- (m + n) / 2 - 1; t * (1 - t) * (1 + N * (1 - t) / (2 - t) + N * t / (1 + t)) / (m * n) }
for (a in c(0, 0.03, 0.5, 0.72, 0.999, 1)) for (size in list(c(5, 8), c(40, 25), c(300, 1000))) for (level in c(0.9, 0.95)) {
  z <- qnorm((1 + level) / 2)
  f <- function(t) abs(t - a) - z * sqrt(variance(t, size[1], size[2]))
  e <- 1e-15
  low <- if (a == 0) 0 else uniroot(f, c(e, min(a, 1 - 1e-12)), tol = 1e-15)$root
  high <- if (a == 1) 1 else uniroot(f, c(max(a, 1e-12), 1 - 1e-16), tol = 1e-15)$root
  cat(sprintf("interval,%s,%g,,%g,%.15g,%.15g\n", paste(size, collapse = " "), a, level, low, high))
}
