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
    [InlineData("")]
    [InlineData(" ")]
    public void Path_is_required(string path)
    {
        var make = () => new SqliteCouplingStore(path);

        make.Should().Throw<ArgumentException>();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void Busy_timeout_is_between_nothing_and_a_day(int seconds)
    {
        var make = () => new SqliteCouplingStore(
            new SqliteCouplingStoreOptions { Path = "couplings.db", BusyTimeout = TimeSpan.FromSeconds(seconds) });

        make.Should().Throw<ArgumentOutOfRangeException>();
    }
}
