# Trends as R finds them: see README.md. Run: Rscript make.R > r.json
library(EnvStats)
library(trend)
library(zyp)

json <- function(x) {
  if (is.list(x)) paste0('{', paste0('"', names(x), '":', vapply(x, json, ''), collapse = ','), '}')
  else {
    text <- ifelse(is.na(x), 'null', sprintf('%.17g', as.numeric(x)))
    if (length(x) == 1) text else paste0('[', paste(text, collapse = ','), ']')
  }
}

line <- function(y, x, level = 0.95) {
  found <- suppressWarnings(kendallTrendTest.default(y, x, conf.level = level))
  list(values = y, times = x, level = level, s = found$S, variance = found$var.S, z = found$statistic[[1]], p = found$p.value,
       slope = found$estimate[['slope']], intercept = found$estimate[['intercept']],
       low = found$interval$limits[[1]], high = found$interval$limits[[2]])
}

set.seed(20261123)
irregular <- cumsum(sample(1:4, 20, replace = TRUE))
sulfate <- EPA.09.Ex.17.6.sulfate.df
analyte <- EPA.09.Ex.14.8.df
seasonal <- function(dependent) {
  found <- suppressWarnings(kendallSeasonalTrendTest.default(analyte$Unadj.Conc, analyte$Month, analyte$Year, independent.obs = !dependent))
  list(z = found$statistic[['z (Trend)']], p = found$p.value[['z (Trend)']], slope = found$estimate[['slope']],
       low = found$interval$limits[[1]], high = found$interval$limits[[2]])
}
correlated <- csmk.test(nottem)
gaps <- as.numeric(Nile)
gaps[c(3, 4, 20, 51, 77)] <- NA
free <- zyp.sen(y ~ x, data.frame(y = as.numeric(Nile), x = 1:100))
rest <- as.numeric(Nile) - free$coefficients[[2]] * 1:100
memory <- acf(rest, lag.max = 1, plot = FALSE)$acf[2]
white <- rest[2:100] - memory * rest[1:99] + free$coefficients[[2]] * 1:99
p <- c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34)

cat(json(list(
  line1 = line(sulfate$Sulfate.ppm, sulfate$Sampling.Date),
  line2 = line(as.numeric(Nile), 1871:1970),
  line3 = line(as.numeric(Nile), 1871:1970, 0.9),
  line4 = line(round(rnorm(20) + 0.1 * irregular, 1), irregular),
  line5 = line(as.numeric(LakeHuron)[1:23], 1:23, 0.8),
  line6 = line(c(2, 4, 3, 7, 8), 1:5),
  analyte = list(values = analyte$Unadj.Conc, independent = seasonal(FALSE), correlated = seasonal(TRUE)),
  nottem = list(values = as.numeric(nottem), s = correlated$estimates[['S']], variance = correlated$estimates[['varS']],
                z = correlated$statistic[[1]], p = correlated$p.value),
  acf = list(values = gaps, r = as.numeric(acf(gaps, lag.max = 6, plot = FALSE, na.action = na.pass)$acf)),
  yuepilon = list(values = as.numeric(Nile), memory = memory, s = mk.test(white)$estimates[['S']], p = mk.test(white)$p.value),
  adjust = list(p = p, BH = p.adjust(p, 'BH'), BY = p.adjust(p, 'BY')))), '\n')
