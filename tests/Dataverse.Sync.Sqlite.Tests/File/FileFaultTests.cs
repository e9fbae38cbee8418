using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class FileFaultTests
{
    [Theory]
    [InlineData(5, CouplingStoreFailure.Locked)]
    [InlineData(6, CouplingStoreFailure.Locked)]
    [InlineData(11, CouplingStoreFailure.Corrupt)]
    [InlineData(26, CouplingStoreFailure.Corrupt)]
    [InlineData(3, CouplingStoreFailure.Unavailable)]
    [InlineData(8, CouplingStoreFailure.Unavailable)]
    [InlineData(10, CouplingStoreFailure.Unavailable)]
    [InlineData(13, CouplingStoreFailure.Unavailable)]
    [InlineData(14, CouplingStoreFailure.Unavailable)]
    public void Every_error_of_SQLite_has_a_meaning(int code, CouplingStoreFailure expected)
    {
        var error = new SqliteException("native", code);

        var failure = FileFault.From(error, "/data/couplings.db");

        failure.Failure.Should().Be(expected);
        failure.InnerException.Should().BeSameAs(error);
        failure.Message.Should().Contain("'/data/couplings.db'");
    }
}
