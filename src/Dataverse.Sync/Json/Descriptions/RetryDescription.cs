namespace Dataverse.Sync.Documents;

/// <summary>The form of a retry policy.</summary>
internal static class RetryDescription
{
    public static ObjectForm<RetryPolicy> Form { get; } = new ObjectForm<RetryPolicy>(
        "retryPolicy", "When failed records are tried again.", () => new())
        .With("firstDelay", "The delay after the first failure, which doubles with every further one. The default is one minute.",
            DurationForm.Instance, value => value.FirstDelay, (value, delay) => value with { FirstDelay = delay })
        .With("longestDelay", "The upper limit of the delay. The default is one day.", DurationForm.Instance,
            value => value.LongestDelay, (value, delay) => value with { LongestDelay = delay })
        .With("skipAfterIdenticalFailures", "The number of consecutive failures with the same error after which a record is "
            + "skipped; 0, the default, never skips. Business Central uses 2.", WholeNumberForm.Instance,
            value => value.SkipAfterIdenticalFailures,
            (value, number) => value with { SkipAfterIdenticalFailures = number });
}
