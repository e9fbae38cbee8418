using System.Globalization;
using CsCheck;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.Http.Tests;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 17, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("120", 120)]
    [InlineData(" 5 ", 5)]
    [InlineData("Mon, 17 Aug 2026 10:01:30 GMT", 90)]
    [InlineData("Monday, 17-Aug-26 10:01:30 GMT", 90)]
    [InlineData("Mon Aug 17 10:01:30 2026", 90)]
    [InlineData("Mon, 17 Aug 2026 09:00:00 GMT", 0)]
    public void Parse_reads_seconds_and_dates(string value, int seconds) =>
        RetryAfter.Parse(value, Now).Should().Be(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("Mon, 99 Aug 2026 10:00:00 GMT")]
    public void Parse_of_nonsense_asks_for_nothing(string? value) => RetryAfter.Parse(value, Now).Should().BeNull();

    [Fact]
    public void Parse_of_a_number_beyond_all_bounds_is_the_longest_pause() =>
        RetryAfter.Parse(new string('9', 400), Now).Should().Be(TimeSpan.MaxValue);

    [Fact]
    public void Parse_reads_every_number_and_date_that_is_written() =>
        Gen.Int[0, 1_000_000].Sample(seconds =>
        {
            var date = (Now + TimeSpan.FromSeconds(seconds)).ToString("r", CultureInfo.InvariantCulture);
            return RetryAfter.Parse(seconds.ToString(CultureInfo.InvariantCulture), Now) == TimeSpan.FromSeconds(seconds)
                && RetryAfter.Parse(date, Now) == TimeSpan.FromSeconds(seconds);
        });

    [Fact]
    public void Parse_reads_every_date_in_each_of_its_three_forms() =>
        Gen.Select(Gen.Int[-1_000_000, 1_000_000], OneOf("r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "asctime")).Sample((seconds, form) =>
        {
            var date = Now + TimeSpan.FromSeconds(seconds);
            var text = form == "asctime"
                ? string.Create(CultureInfo.InvariantCulture, $"{date:ddd MMM} {date.Day,2} {date:HH:mm:ss yyyy}")
                : date.ToString(form, CultureInfo.InvariantCulture);
            return RetryAfter.Parse(text, Now) == TimeSpan.FromSeconds(Math.Max(0, seconds));
        });

    [Fact]
    public void Parse_of_nearly_right_texts_never_fails_and_never_goes_back_in_time() =>
        Gen.Select(OneOf("9999999999999999999", "Mon, 17 Aug 2026 10:01:30 GMT", "Monday, 17-Aug-26 10:01:30 GMT", "Mon Aug 17 10:01:30 2026", "Fri, 31 Dec 9999 23:59:59 GMT"), Gen.Int[0, 40], Gen.Char["0129 :,-+.GMTé"], Gen.Bool)
            .Sample((text, place, character, replaces) =>
            {
                var at = place % text.Length;
                return RetryAfter.Parse(text[..at] + character + text[(replaces ? at + 1 : at)..], DateTimeOffset.MaxValue) is null or { Ticks: >= 0 };
            });

    [Fact]
    public void Parse_never_fails_and_never_goes_back_in_time() =>
        Gen.String.Sample(text => RetryAfter.Parse(text, Now) is null or { Ticks: >= 0 });

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);
}
