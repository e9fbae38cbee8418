namespace Dataverse.Sync.Sqlite.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Defaults_are_durable_and_patient()
    {
        var options = new SqliteCouplingStoreOptions { Path = "couplings.db" };

        options.Synchronous.Should().Be(SqliteSynchronous.Full);
        options.BusyTimeout.Should().Be(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Path_is_required(string? path)
    {
        var create = () => new SqliteCouplingStore(path!);

        create.Should().Throw<SyncConfigurationException>().WithMessage("Path is missing.");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void Busy_timeout_is_from_zero_to_a_day(int seconds) =>
        ProblemsOf(new() { Path = "couplings.db", BusyTimeout = TimeSpan.FromSeconds(seconds) }).Should().ContainSingle()
            .Which.Should().Be($"BusyTimeout is {TimeSpan.FromSeconds(seconds)} but must be between 00:00:00 and 1.00:00:00.");

    [Theory]
    [InlineData(0)]
    [InlineData(86_400)]
    public void Limits_of_the_busy_timeout_are_valid(int seconds)
    {
        var options = new SqliteCouplingStoreOptions { Path = "couplings.db", BusyTimeout = TimeSpan.FromSeconds(seconds) };

        var create = () => new SqliteCouplingStore(options);

        create.Should().NotThrow();
    }

    [Fact]
    public void All_problems_are_in_one_exception() =>
        ProblemsOf(new() { Path = "a\0b", Synchronous = (SqliteSynchronous)2, BusyTimeout = TimeSpan.MinValue }).Should().HaveCount(3)
            .And.ContainInOrder(
                "Path must not contain a null character.", "Synchronous is 2 but must be Full or Normal.");

    private static IReadOnlyList<string> ProblemsOf(SqliteCouplingStoreOptions options)
    {
        var create = () => new SqliteCouplingStore(options);
        return create.Should().Throw<SyncConfigurationException>().Which.Problems;
    }
}
