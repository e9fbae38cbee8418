using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class FileErrorsTests
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

        var failure = FileErrors.From(error, "/data/couplings.db");

        failure.Failure.Should().Be(expected);
        failure.InnerException.Should().BeSameAs(error);
        failure.Message.Should().Contain("'/data/couplings.db'");
    }

    [Theory]
    [InlineData(778)]
    [InlineData(1034)]
    [InlineData(1546)]
    [InlineData(4874)]
    public void Failed_write_is_told_from_a_failed_read(int extendedCode)
    {
        var failure = FileErrors.From(new SqliteException("native", 10, extendedCode), "/data/couplings.db");

        failure.Message.Should().Be(
            "Coupling file '/data/couplings.db' cannot be written: the disk failed, or the file reached a size limit "
            + $"(SQLite error {extendedCode}).");
    }
}
